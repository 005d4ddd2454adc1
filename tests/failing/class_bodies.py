def attempt(code):
    try:
        exec(code)
    except Exception as error:
        print(type(error).__name__, error)


attempt("class A(int, str): pass")
attempt("class A(5): pass")
attempt("class A(object, metaclass=5): pass")
attempt("class A:\n  def f(self): pass\nA().f(1)")
attempt("class A:\n  __slots__ = ('x',)\nA().y = 1")
attempt("class A:\n  @property\n  def x(self): return 1\nA().x = 2")
attempt("import abc\nclass A(abc.ABC):\n  @abc.abstractmethod\n  def run(self): pass\nA()")
attempt("import abc\nclass A(abc.ABC):\n  @abc.abstractmethod\n  def run(self): pass\n  @abc.abstractmethod\n  def go(self): pass\nA()")
attempt("import enum\nclass E(enum.Enum):\n  A = 1\nE(2)")
attempt("import enum\nclass E(enum.Enum):\n  A = 1\nE.B")
attempt("import dataclasses\n@dataclasses.dataclass(frozen=True)\nclass D:\n  x: int\nD(1).x = 2")
attempt("import dataclasses\n@dataclasses.dataclass\nclass D:\n  x: int\nD()")
attempt("import dataclasses\n@dataclasses.dataclass\nclass D:\n  x: int = 1\n  y: int\n")


class Settings:
    base = 10
    values = [base // divisor for divisor in (5, 2, 0)]
