class Fragile:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("losing", self.name)
        raise RuntimeError(f"cannot drop {self.name}")


def use():
    Fragile("local")
    print("after local")


use()
kept = Fragile("kept")
kept = None
print("end")
last = Fragile("last")
