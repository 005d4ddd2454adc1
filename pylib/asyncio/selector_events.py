"""The part of an event loop that would wait for sockets."""

from . import _absent, base_events

__all__ = ('BaseSelectorEventLoop',)


class BaseSelectorEventLoop(_absent.SelectorMethods, base_events.BaseEventLoop):
    """An event loop without sockets: its clock says when to go on."""

    def __init__(self, selector=None):
        super().__init__()
        base_events._log_debug('Using selector: %s', 'EpollSelector' if selector is None else type(selector).__name__)
