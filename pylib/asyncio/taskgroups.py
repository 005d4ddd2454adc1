"""Groups of tasks that end together."""

from _loopscope import TaskGroup

__all__ = ('TaskGroup',)
