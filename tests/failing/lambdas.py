import functools

inverse = lambda number: 1 / number
table = {"apply": lambda function, value: function(value)}
print(list(map(inverse, [1, 2])))
print(functools.reduce(lambda a, b: a + inverse(b), [1, 1, 0]))
