"""Prints the public surface of asyncio, one name a line: its kind, what it takes when it is called, and
what is missing where it says that it is not simulated.

The same program runs under CPython 3.13 and under Loopscope, so that both answer the same questions.
"""
import asyncio
import inspect
import sys

MODULES = (
    'base_events', 'base_futures', 'base_subprocess', 'base_tasks', 'constants', 'coroutines', 'events', 'exceptions',
    'format_helpers', 'futures', 'locks', 'log', 'mixins', 'proactor_events', 'protocols', 'queues', 'runners',
    'selector_events', 'sslproto', 'staggered', 'streams', 'subprocess', 'taskgroups', 'tasks', 'threads', 'timeouts',
    'transports', 'trsock', 'unix_events')
# Special methods that programs rely on without writing their names.
SPECIAL = (
    '__aenter__', '__aexit__', '__aiter__', '__anext__', '__await__', '__class_getitem__', '__enter__', '__eq__',
    '__exit__', '__ge__', '__gt__', '__hash__', '__iter__', '__le__', '__lt__', '__next__', '__repr__')


def tell(place, kind, takes, *things):
    missing = [thing._not_simulated for thing in things if hasattr(thing, '_not_simulated')]
    print(place, kind, takes, *missing[:1], sep='\t')


def signature(thing, is_method):
    try:
        taken = inspect.signature(thing)
    except (ValueError, TypeError):
        return '-'
    parameters = list(taken.parameters.values())
    if is_method:
        parameters = parameters[1:]
    # Annotations are left out: they say nothing about a call.
    plain = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in parameters]
    return str(taken.replace(parameters=plain, return_annotation=inspect.Signature.empty))


def kind(thing):
    if isinstance(thing, type):
        return 'exception' if issubclass(thing, BaseException) else 'class'
    if inspect.ismodule(thing):
        return 'module'
    if asyncio.iscoroutinefunction(thing):
        return 'coroutine function'
    if callable(thing):
        return 'function'
    return 'value'


def owner_of(cls, name):
    return next((base for base in cls.__mro__ if name in vars(base)), object)


def is_of_asyncio(cls):
    return cls.__module__.partition('.')[0] in ('asyncio', '_asyncio', '_loopscope')


def show(place, thing):
    what = kind(thing)
    if what in ('class', 'exception'):
        tell(place, what, signature(thing, False), thing)
        for name in dir(thing):
            public = not name.startswith('_') or name in SPECIAL
            if public and is_of_asyncio(owner_of(thing, name)):
                show_member(thing, place, name)
    elif what == 'value':
        tell(place, what, repr(thing) if isinstance(thing, (int, float, str)) else '-')
    elif what == 'module':
        tell(place, what, '-', thing)
    else:
        tell(place, what, signature(thing, False), thing)


def show_member(cls, place, name):
    raw = vars(owner_of(cls, name))[name]
    member = getattr(cls, name)
    is_bound = isinstance(raw, (classmethod, staticmethod)) or getattr(member, '__self__', None) is cls
    if not callable(member):
        tell(f'{place}.{name}', 'value', '-', cls)
        return
    takes = '-' if name.startswith('__') else signature(member, not is_bound)
    what = 'coroutine function' if asyncio.iscoroutinefunction(member) else 'function'
    tell(f'{place}.{name}', what, takes, member, cls)


for name in sorted(set(dir(asyncio)) | set(asyncio.__all__)):
    if not name.startswith('_') or name in asyncio.__all__:
        show(f'asyncio.{name}', getattr(asyncio, name))
for module in MODULES:
    __import__(f'asyncio.{module}')
    inside = sys.modules[f'asyncio.{module}']
    for name in dir(inside):
        thing = getattr(inside, name)
        # What a module only imported is listed where it comes from.
        home = getattr(thing, '__module__', inside.__name__)
        if name.startswith('_') or inspect.ismodule(thing) or hasattr(asyncio, name) or home != inside.__name__:
            continue
        show(f'asyncio.{module}.{name}', thing)
