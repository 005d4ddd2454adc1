import asyncio
import logging

logging.basicConfig(level=logging.DEBUG, format="%(levelname)s %(name)s %(message)s")
log = logging.getLogger("program")


async def main():
    log.info("starting %s", "now")
    try:
        {}["missing"]
    except KeyError:
        log.exception("it failed")
    log.warning("two %d", "words")
    asyncio.get_running_loop().call_soon(int, "x")
    await asyncio.sleep(0)
    log.error("the end", stack_info=False)


asyncio.run(main())
