"""Exceptions of asyncio: classes, texts, copies."""
import asyncio

for error in (asyncio.IncompleteReadError(b'ab', 4), asyncio.IncompleteReadError(b'', None),
              asyncio.LimitOverrunError('too much', 7), asyncio.InvalidStateError('state'),
              asyncio.CancelledError('why'), asyncio.SendfileNotAvailableError(), asyncio.BrokenBarrierError('b'),
              asyncio.QueueEmpty(), asyncio.QueueFull(), asyncio.QueueShutDown(), asyncio.TimeoutError()):
    cls = type(error)
    print(repr(error), str(error), cls.__module__, [base.__name__ for base in cls.__mro__[1:-2]])
for error in (asyncio.IncompleteReadError(b'ab', 4), asyncio.LimitOverrunError('too much', 7)):
    print(error.__reduce__()[1:])
print(asyncio.TimeoutError is TimeoutError, issubclass(asyncio.CancelledError, Exception))
print(asyncio.FIRST_COMPLETED, asyncio.FIRST_EXCEPTION, asyncio.ALL_COMPLETED)
