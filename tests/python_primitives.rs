//! Subclasses of primitives where they differ from `CPython`: what `docs/differences.md` says of them.
#![cfg(all(feature = "engine", not(target_arch = "wasm32")))]

#[path = "common/runs.rs"]
#[allow(dead_code, reason = "other tests look at more of a run")]
mod runs;

use runs::run;

/// In `CPython` each of these prints what the subclass says.
#[test]
fn methods_of_the_library_call_some_others_directly() {
    let ran = run("\
import asyncio

class LoudLock(asyncio.Lock):
    async def acquire(self):
        print('LoudLock.acquire')
        return await super().acquire()

class LoudSemaphore(asyncio.Semaphore):
    def locked(self):
        print('LoudSemaphore.locked')
        return super().locked()

class LoudTimeout(asyncio.Timeout):
    def reschedule(self, when):
        print('LoudTimeout.reschedule')
        super().reschedule(when)

async def main():
    async with asyncio.Condition(LoudLock()), LoudSemaphore(), LoudTimeout(1):
        print('inside')

asyncio.run(main())
");
    assert_eq!(ran.out(), "inside\n");
}

/// In `CPython` the private line of waiters is a `deque`.
#[test]
fn the_line_of_waiters_can_be_read_and_not_written() {
    let ran = run("\
import asyncio

async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    waits = asyncio.create_task(lock.acquire())
    await asyncio.sleep(0)
    print(len(lock._waiters), lock._waiters[0].done())
    try:
        lock._waiters.append(None)
    except AttributeError as error:
        print(error)
    waits.cancel()

asyncio.run(main())
");
    assert_eq!(ran.out(), "1 False\n'tuple' object has no attribute 'append'\n");
}
