class Half:
    def __enter__(self):
        pass


with Half():
    pass
