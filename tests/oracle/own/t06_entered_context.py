"""A context that is entered already: the handler is told, and the task stays pending."""
import asyncio, contextvars
async def child():
    print('never')
async def main():
    ctx = contextvars.copy_context()
    def inside():
        asyncio.create_task(child(), context=ctx)
    ctx.run(inside)
    def enter():
        loop = asyncio.get_running_loop()
    await asyncio.sleep(0)
    me = asyncio.current_task().get_context()
    t = asyncio.create_task(child(), context=me)
    await t
    ctx2 = contextvars.copy_context()
    def nested():
        loop = asyncio.new_event_loop()
    t = asyncio.eager_task_factory(asyncio.get_running_loop(), child(), context=contextvars.copy_context())
    print(t.done())
asyncio.run(main())
def outer():
    ctx = contextvars.copy_context()
    def inner():
        loop = asyncio.new_event_loop()
        t = loop.create_task(child(), context=ctx)
        loop.call_soon(loop.stop)
        loop.call_soon(print, 'cb', context=ctx)
        try:
            loop.run_forever()
        finally:
            print(t)
            t.cancel()
            loop.call_soon(loop.stop)
            loop.run_forever()
            print(t)
            t._log_destroy_pending = False
            t.get_coro().close()
            loop.close()
    ctx.run(inner)
outer()
