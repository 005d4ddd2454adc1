error = ValueError("one")
error.__notes__ = ["fine", 7, None]
other = ValueError("two")
other.__notes__ = "not a list"
third = ValueError("three")
third.__notes__ = 5
raise ExceptionGroup("odd notes", [error, other, third])
