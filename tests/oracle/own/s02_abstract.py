"""The abstract classes: what they refuse, and what derives from them."""
import asyncio

print(asyncio.SelectorEventLoop is asyncio.EventLoop, asyncio.SelectorEventLoop.__name__)
print([cls.__name__ for cls in asyncio.EventLoop.__mro__ if cls.__module__.startswith('asyncio') and 'Abs' in cls.__name__])
loop = asyncio.new_event_loop()
print(isinstance(loop, asyncio.AbstractEventLoop), isinstance(loop, asyncio.BaseEventLoop))
loop.close()

abstract = asyncio.AbstractEventLoop()
for name in ('run_forever', 'stop', 'is_running', 'is_closed', 'close', 'time', 'create_future', 'get_debug',
             'get_task_factory', 'get_exception_handler'):
    try:
        getattr(abstract, name)()
    except NotImplementedError as error:
        print(name, repr(error))
try:
    abstract.call_soon(print)
except NotImplementedError:
    print('call_soon asks call_later')


class Later(asyncio.AbstractEventLoop):
    def call_later(self, delay, callback, *args, context=None):
        return delay, callback(*args), context


print(Later().call_soon(max, 1, 2, context='ctx'))


class Policy(asyncio.DefaultEventLoopPolicy):
    made = 0

    def new_event_loop(self):
        Policy.made += 1
        return super().new_event_loop()


async def main():
    print('running', Policy.made)


before = asyncio.get_event_loop_policy()
asyncio.set_event_loop_policy(Policy())
asyncio.run(main())
mine = asyncio.new_event_loop()
asyncio.set_event_loop(mine)
print(Policy.made, asyncio.get_event_loop() is mine, asyncio.get_event_loop_policy().get_event_loop() is mine)
mine.close()
asyncio.set_event_loop(None)
try:
    asyncio.get_event_loop()
except RuntimeError as error:
    print(error)
asyncio.set_event_loop_policy(None)
print(type(asyncio.get_event_loop_policy()).__name__, asyncio.get_event_loop_policy() is before)
for call in (lambda: asyncio.set_event_loop_policy(3), lambda: asyncio.set_event_loop('loop')):
    try:
        call()
    except TypeError as error:
        print(error)
for name in ('get_event_loop', 'new_event_loop', 'get_child_watcher'):
    try:
        getattr(asyncio.AbstractEventLoopPolicy(), name)()
    except NotImplementedError:
        print('abstract policy:', name)
