errors = [ValueError(number) for number in range(20)]
nested = ExceptionGroup("innermost", errors)
for depth in range(12):
    nested = ExceptionGroup(f"depth {depth}", [nested])
raise nested
