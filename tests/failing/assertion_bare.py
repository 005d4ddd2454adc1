def check(numbers):
    assert all(
        number > 0
        for number in numbers
    )


check([1, 2])
check([1, -2])
