name = 'x'
print(t'{name}')
