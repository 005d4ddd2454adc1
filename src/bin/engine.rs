//! The Web Worker: runs one program and sends its trace while it runs.
//!
//! What it says and hears is in `session::messages`. It answers one request;
//! the page can end it at any time.

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
fn main() {
    worker::main();
}

#[cfg(target_arch = "wasm32")]
mod worker {
    use std::cell::RefCell;

    use js_sys::{Array, Uint8Array};
    use loopscope::session::memory::Limited;
    use loopscope::session::messages::{Reply, Request};
    use loopscope::session::run::{Engine, Listener, Options};
    use loopscope::trace::Time;
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, console};

    #[global_allocator]
    static MEMORY: Limited = Limited;

    thread_local! {
        /// Ready for the one run of this worker.
        static ENGINE: RefCell<Option<Engine>> = const { RefCell::new(None) };
    }

    pub(super) fn main() {
        // The message of the trap that follows says nothing about its reason.
        std::panic::set_hook(Box::new(|panic| console::error_1(&panic.to_string().into())));
        let scope = scope();
        let on_message =
            Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
                match Request::unpack(&Uint8Array::new(&event.data()).to_vec()) {
                    Ok(request) => answer(request),
                    Err(error) => console::error_1(&format!("not a request: {error}").into()),
                }
            });
        scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        ENGINE.set(Some(Engine::new().warmed()));
        say(Reply::Ready);
    }

    fn answer(
        Request::Run {
            source,
            program,
            seed,
            level,
            surroundings,
            interrupt_at,
        }: Request,
    ) {
        let Some(engine) = ENGINE.take() else {
            console::error_1(&"a worker runs one program".into());
            return;
        };
        // 0 is what the page says when nobody has chosen: then the program may.
        let seed = (seed != 0).then_some(seed);
        let options = Options {
            program,
            source,
            seed,
            level,
            surroundings,
            interrupt_at: interrupt_at.map(Time::as_secs_f64),
            ..Options::default()
        };
        engine.run(options, Page);
    }

    /// Sends the trace to the page.
    struct Page;

    impl Listener for Page {
        fn chunk(&mut self, chunk: Vec<u8>) {
            if chunk.is_empty() {
                return say(Reply::Alive);
            }
            let bytes = Uint8Array::from(chunk.as_slice());
            let transfer = Array::of1(&bytes.buffer());
            if let Err(error) = scope().post_message_with_transfer(&bytes, &transfer) {
                console::error_1(&error);
            }
        }

        fn ended(&mut self) {
            say(Reply::Ended);
        }
    }

    fn say(reply: Reply) {
        if let Err(error) = scope().post_message(&reply.word().into()) {
            console::error_1(&error);
        }
    }

    fn scope() -> DedicatedWorkerGlobalScope {
        js_sys::global().unchecked_into()
    }
}
