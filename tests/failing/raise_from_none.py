def parse(text):
    try:
        return int(text)
    except ValueError:
        raise TypeError(f"not a number: {text}") from None


try:
    parse("ten")
except TypeError as error:
    print(error.__cause__, repr(error.__context__), error.__suppress_context__)
    raise
