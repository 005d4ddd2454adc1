class Account:
    def __init__(self, balance):
        self._balance = balance

    @property
    def balance(self):
        return self._ballance

    @balance.setter
    def balance(self, value):
        if value < 0:
            raise ValueError(f"negative: {value}")
        self._balance = value

    def __getattr__(self, name):
        if name.startswith("dynamic_"):
            return name
        raise AttributeError(f"no attribute {name}")


account = Account(1)
print(account.dynamic_x)
try:
    account.balance = -1
except ValueError as error:
    print(error)
print(account.balance)
