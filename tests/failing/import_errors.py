def attempt(code):
    try:
        exec(code, {"__name__": "__main__"})
    except ImportError as error:
        import traceback
        print(traceback.format_exception_only(error)[-1], end="")


attempt("import not_a_module")
attempt("import asyncio.not_a_part")
attempt("from asyncio import slep")
attempt("from asyncio import nothing_like_it")
attempt("from math import sqroot")
attempt("import math.deep")
attempt("from . import sibling")
from asyncio import TaskGruop
