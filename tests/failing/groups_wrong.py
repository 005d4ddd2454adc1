def attempt(*arguments, kind=ExceptionGroup):
    try:
        print(repr(kind(*arguments)))
    except Exception as error:
        print(type(error).__name__, error)


attempt()
attempt("only text")
attempt("empty", [])
attempt("not exceptions", [1])
attempt("a class", [ValueError])
attempt("base", [KeyboardInterrupt()])
attempt("base", [KeyboardInterrupt()], kind=BaseExceptionGroup)
attempt("plain", [ValueError()], kind=BaseExceptionGroup)
attempt(5, [ValueError()])
attempt("not a list", ValueError())
try:
    raise ExceptionGroup("x", [ValueError()])
except* ExceptionGroup:
    pass
