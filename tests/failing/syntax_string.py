name = "world"
print("hello, {name}.format(name=name))
print("end")
