table = {"a": [1, 2], "b": None}
print([n for n in table["a"]])
total = sum(
    value
    for name in table
    for value in table[name]
)
print(total)
