"""The logger of asyncio, made when it is first asked for: logging takes long to import."""


def __getattr__(name):
    if name == 'logger':
        import logging
        return logging.getLogger('asyncio')
    raise AttributeError(name)
