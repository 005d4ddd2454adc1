class Pair:
    def __init__(self, left):
        self.left = left

    def __eq__(self, other):
        return self.left == other.left


one = Pair(None)
one.left = one
two = Pair(None)
two.left = two
print(one == two)
