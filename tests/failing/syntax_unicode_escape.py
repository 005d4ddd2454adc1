path = "C:\Users\name"
print(path)
