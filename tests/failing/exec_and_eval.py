import traceback


def attempt(function):
    try:
        function()
    except Exception:
        traceback.print_exc()


attempt(lambda: eval("undefined_name"))
attempt(lambda: exec("x = 1\ny = x / 0\n"))
attempt(lambda: eval("[1, 2"))
exec(compile("def f():\n    raise KeyError('deep')\nf()", "made.py", "exec"))
