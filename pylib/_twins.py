"""Builtins that call code of the program or iterate over it, for threads: they can be suspended meanwhile."""

from _threads import call as _call, is_suspendable as _is_suspendable


async def _items(iterable):
    if hasattr(iterable, '__anext__'):
        return [item async for item in iterable]
    return list(iterable)


async def _any(items):
    async for item in items:
        if item:
            return True
    return False


async def _all(items):
    async for item in items:
        if not item:
            return False
    return True


async def call(function, args, kwargs):
    """`function(...)`, where arguments may be asynchronous iterators and `key` a function of the program."""
    if function in (any, all) and not kwargs:
        return await (_any if function is any else _all)(*args)
    args = [await _items(arg) if hasattr(arg, '__anext__') else arg for arg in args]
    key = kwargs.get('key')
    if key is None or not _is_suspendable(key):
        return function(*args, **kwargs)
    if function in (min, max) and len(args) > 1:
        items = args
    elif function in (min, max, sorted):
        items = args[0] = list(args[0])
    else:
        items = list(function.__self__)
    keys = iter([await _call(key, item) for item in items])
    return function(*args, **{**kwargs, 'key': lambda _: next(keys)})


async def _each(iterable):
    if hasattr(iterable, '__anext__'):
        async for item in iterable:
            yield item
    else:
        for item in iterable:
            yield item


async def _zip(iterables):
    iterators = [_each(iterable) for iterable in iterables]
    while iterators:
        row = []
        for iterator in iterators:
            try:
                row.append(await iterator.__anext__())
            except StopAsyncIteration:
                return
        yield tuple(row)


async def _map(function, *iterables):
    async for row in _zip(iterables):
        yield await _call(function, *row)


async def _filter(function, iterable):
    async for item in _each(iterable):
        if (item if function is None else await _call(function, item)):
            yield item


async def _enumerate(iterable, start=0):
    async for item in _each(iterable):
        yield start, item
        start += 1


_lazy = {map: _map, filter: _filter, enumerate: _enumerate}


def iterate(function, args, kwargs):
    """An asynchronous iterator over `function(...)`; None when nothing in it can be suspended."""
    if not any(hasattr(arg, '__anext__') or callable(arg) and _is_suspendable(arg) for arg in args):
        return None
    if function is zip and not kwargs:
        return _zip(args)
    lazy = _lazy.get(function)
    return None if lazy is None else lazy(*args, **kwargs)
