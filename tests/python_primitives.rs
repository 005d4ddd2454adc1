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

/// In `CPython` `sleep` asks the loop for a future and for a timer, and a task that begins for a call.
#[test]
fn what_a_loop_puts_in_place_of_its_methods_is_for_the_program() {
    let ran = run("\
import asyncio

class LoudLoop(asyncio.SelectorEventLoop):
    def call_soon(self, *args, **kwargs):
        print('LoudLoop.call_soon')
        return super().call_soon(*args, **kwargs)

    def call_later(self, *args, **kwargs):
        print('LoudLoop.call_later')
        return super().call_later(*args, **kwargs)

    def create_future(self):
        print('LoudLoop.create_future')
        return super().create_future()

async def main():
    await asyncio.create_task(asyncio.sleep(1))
    print('slept')
    asyncio.get_running_loop().call_later(1, print)

loop = LoudLoop()
loop.run_until_complete(main())
loop.close()
");
    assert_eq!(ran.out(), "slept\nLoudLoop.call_later\n");
}

/// In `CPython` the lost task is reported: its loop, which was not closed, is lost with the timer.
#[test]
fn the_timer_of_a_lost_loop_keeps_its_task() {
    let ran = run("\
import asyncio, gc

async def waits():
    async with asyncio.timeout(100):
        await asyncio.get_running_loop().create_future()

async def main():
    asyncio.create_task(waits())
    await asyncio.sleep(0)

loop = asyncio.new_event_loop()
loop.run_until_complete(main())
del loop
gc.collect()
print('end')
");
    assert_eq!(ran.out(), "end\n");
    assert_eq!(ran.err(), "");
}

/// In `CPython` 3.13.0 the call that fails leaves no running loop, and the program fails at its next `sleep`.
#[test]
fn a_loop_that_runs_is_not_disturbed_by_run_forever() {
    let ran = run("\
import asyncio

async def main(other):
    loop = asyncio.get_running_loop()
    for each in (loop, other):
        try:
            each.run_forever()
        except RuntimeError as error:
            print(error)
        print(loop.is_running(), each.is_running(), asyncio.get_running_loop() is loop)
    await asyncio.sleep(1)
    print('slept')

other = asyncio.new_event_loop()
asyncio.run(main(other))
other.call_soon(other.stop)
other.run_forever()
print('again')
other.close()
");
    assert_eq!(
        ran.out(),
        "\
This event loop is already running
True True True
Cannot run the event loop while another loop is running
True False True
slept
again
"
    );
}
