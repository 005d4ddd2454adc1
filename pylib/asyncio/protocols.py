"""Protocols: what is told about the bytes of a transport. Programs derive from these classes."""

__all__ = ('BaseProtocol', 'Protocol', 'DatagramProtocol', 'SubprocessProtocol', 'BufferedProtocol')


class BaseProtocol:
    """What all protocols have in common."""

    __slots__ = ()

    def connection_made(self, transport):
        """The first call of all."""

    def connection_lost(self, exc):
        """The last call of all; `None` when nothing went wrong."""

    def pause_writing(self):
        """More is waiting to be written than is good."""

    def resume_writing(self):
        """Writing is fine again."""


class Protocol(BaseProtocol):
    """Takes a stream of bytes."""

    __slots__ = ()

    def data_received(self, data):
        """Some bytes have arrived."""

    def eof_received(self):
        """The other end will send no more; a false answer closes the transport."""


class BufferedProtocol(BaseProtocol):
    """Takes a stream of bytes into its own buffer."""

    __slots__ = ()

    def get_buffer(self, sizehint):
        """Gives a buffer that is not empty."""

    def buffer_updated(self, nbytes):
        """So many bytes have been written to the buffer."""

    def eof_received(self):
        """The other end will send no more; a false answer closes the transport."""


class DatagramProtocol(BaseProtocol):
    """Takes single messages."""

    __slots__ = ()

    def datagram_received(self, data, addr):
        """A message has arrived."""

    def error_received(self, exc):
        """Sending or receiving has failed."""


class SubprocessProtocol(BaseProtocol):
    """Takes what another process writes."""

    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """The process has written something."""

    def pipe_connection_lost(self, fd, exc):
        """The process has closed a pipe."""

    def process_exited(self):
        """The process is over."""


def _feed_data_to_buffered_proto(proto, data):
    rest = memoryview(data)
    while rest:
        buffer = proto.get_buffer(len(rest))
        if not len(buffer):
            raise RuntimeError('get_buffer() returned an empty buffer')
        size = min(len(buffer), len(rest))
        buffer[:size] = rest[:size]
        proto.buffer_updated(size)
        rest = rest[size:]
