"""The one function of pkgutil that mock needs."""

import importlib


def resolve_name(name):
    """The object that a dotted name, with or without a colon after its module, stands for."""
    module, colon, attributes = name.partition(':')
    if colon:
        found = importlib.import_module(module)
        rest = attributes.split('.') if attributes else []
    else:
        first, *rest = name.split('.')
        found = importlib.import_module(first)
        while rest:
            try:
                found = importlib.import_module(f'{first}.{rest[0]}')
            except ImportError:
                break
            first = f'{first}.{rest.pop(0)}'
    for attribute in rest:
        found = getattr(found, attribute)
    return found
