"""asyncio as programs know it. What happens on every step is in `_loopscope`."""

import _loopscope as _native

from .base_events import *
from .coroutines import *
from .events import *
from .exceptions import *
from .futures import *
from .locks import *
from .queues import *
from .runners import *
from .taskgroups import *
from .tasks import *
from .threads import *
from .timeouts import *

from . import base_events, coroutines, events, exceptions, futures, locks, log, queues, runners, taskgroups, tasks, threads, timeouts

__all__ = (base_events.__all__ + coroutines.__all__ + events.__all__ + exceptions.__all__ + futures.__all__
           + locks.__all__ + queues.__all__ + runners.__all__ + taskgroups.__all__ + tasks.__all__
           + threads.__all__ + timeouts.__all__)

_NOT_SIMULATED = {
    'create_subprocess_exec': 'subprocesses',
    'create_subprocess_shell': 'subprocesses',
    'open_connection': 'the network',
    'start_server': 'the network',
    'open_unix_connection': 'the network',
    'start_unix_server': 'the network',
    'StreamReader': 'the network',
    'StreamWriter': 'the network',
}


def __getattr__(name):
    if name in _NOT_SIMULATED:
        def not_simulated(*args, **kwargs):
            raise NotImplementedError(f'asyncio.{name} is not simulated: {_NOT_SIMULATED[name]} do not exist here yet')
        not_simulated.__name__ = not_simulated.__qualname__ = name
        return not_simulated
    raise AttributeError(f"module 'asyncio' has no attribute '{name}'", name=name, obj=_this())


def _this():
    import sys
    return sys.modules['asyncio']
