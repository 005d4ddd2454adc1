"""asyncio as programs know it. What happens on every step is in `_loopscope`."""

import sys

from .base_events import *
from .coroutines import *
from .events import *
from .exceptions import *
from .futures import *
from .locks import *
from .protocols import *
from .runners import *
from .queues import *
from .streams import *
from .subprocess import *
from .tasks import *
from .taskgroups import *
from .threads import *
from .timeouts import *
from .transports import *
from .unix_events import *

from . import _absent, base_futures, base_tasks, format_helpers, log, mixins, trsock

__all__ = (base_events.__all__ + coroutines.__all__ + events.__all__ + exceptions.__all__ + futures.__all__
           + locks.__all__ + protocols.__all__ + runners.__all__ + queues.__all__ + streams.__all__
           + subprocess.__all__ + tasks.__all__ + taskgroups.__all__ + threads.__all__ + timeouts.__all__
           + transports.__all__ + unix_events.__all__)

for _name in _absent.MODULES:
    globals()[_name] = _absent.module(_name)
del _name

if tasks._native.is_37():
    from . import _level37
    _level37.install()
