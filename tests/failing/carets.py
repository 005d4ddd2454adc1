import traceback


class Box:
    def __init__(self, inside=None):
        self.inside = inside

    def __getitem__(self, key):
        return self.inside[key]


def attempt(function):
    try:
        function()
    except Exception:
        traceback.print_exc()


def operator():
    left, right = 1, "a"
    return (left * 2) + (right * 2)


def call_of_attribute():
    box = Box({"x": Box({})})
    return box["x"]["y"]["z"]


def over_lines():
    return sum(
        [
            1,
            2,
            int("three"),
        ]
    ) + 4


def long_expression():
    value = None
    return (
        len("abc")
        + value.attribute.deeper(
            1,
            2,
        )
        * 3
    )


def first_line_of_many():
    return print(
        "a",
        separator=5,
    )


def comparison():
    return 1 < 2 < "three"


def subscript():
    data = [[1, 2], [3, 4]]
    return data[0][1] + data[1][
        2
    ]


def conditional():
    value = {}
    return "yes" if value["flag"] else "no"


def call_in_call():
    return max(len("abc"), abs(int("x")), 3)


def keyword():
    return dict(a=1, b=int("y"))


def wide():
    größe = "中文字"; return größe + 1


def in_format():
    value = 3
    return f"the answer is {value:d} and {value.missing} there"


def semicolons():
    a = 1; b = a / 0; return b


def deletion():
    data = {}
    del data["x"]


def iteration():
    for item in 5 + 5:
        pass


def assertion():
    assert (1, 2) == (
        1, 3
    ), "tuples"


def unary():
    return -[1] + 3


def chain():
    return "abc".upper().strip().index("z").real


for function in (operator, call_of_attribute, over_lines, long_expression, first_line_of_many,
                 comparison, subscript, conditional, call_in_call, keyword, wide, in_format,
                 semicolons, deletion, iteration, assertion, unary, chain):
    attempt(function)
print(operator(
), 1)
