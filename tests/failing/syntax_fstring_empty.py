print("before")
print(f"hello {}")
