class Node:
    def __init__(self):
        self.next = self

    def __repr__(self):
        return f"Node({self.next!r})"


items = []
items.append(items)
print(items)
table = {}
table["self"] = table
print(table)
try:
    repr(Node())
except RecursionError as error:
    print(type(error).__name__, error)


class Loud:
    def __str__(self):
        return str(self)


str(Loud())
