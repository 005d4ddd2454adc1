"""No allocations are traced here; warnings ask whether they are."""


def is_tracing():
    return False


def get_object_traceback(obj):
    return None
