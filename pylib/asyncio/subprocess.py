"""The names of subprocesses. There are no other processes here."""

from ._absent import Process, create_subprocess_exec, create_subprocess_shell

__all__ = ('create_subprocess_exec', 'create_subprocess_shell')

PIPE = -1
STDOUT = -2
DEVNULL = -3
