def countdown(start):
    while True:
        yield 6 // start
        start -= 1


def doubled(numbers):
    for number in numbers:
        yield number * 2


def relay(numbers):
    yield from doubled(numbers)


for value in relay(countdown(2)):
    print(value)
