name = "world"
text = """
hello
print(name)

