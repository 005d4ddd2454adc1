if True:
    # nothing but a comment
