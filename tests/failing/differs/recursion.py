def down(depth):
    return 1 + down(depth + 1)


down(0)
