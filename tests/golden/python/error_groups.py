def fail(kind, text):
    try:
        raise kind(text)
    except kind as error:
        return error


noted = fail(ValueError, "first")
noted.add_note("a note\nof two lines")
raise ExceptionGroup("outer", [noted, ExceptionGroup("inner", [fail(KeyError, "k"), fail(OSError, "o")])])
