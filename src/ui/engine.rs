//! The worker side as the page sees it: load once, one worker a run, one warm spare.
//!
//! The interpreter's code is fetched and compiled when it is first wanted and
//! kept as a compiled module, which a worker gets in its first message. A
//! worker serves one run and is ended then, because an interpreter never gives
//! all memory back and a broken one cannot be repaired. While a run goes on the
//! next worker already warms up, so the next run need not wait.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use js_sys::{Array, ArrayBuffer, Promise, Uint8Array, WebAssembly};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, MessageEvent, Response, Url, Worker};
use yew::Callback;

use super::download::Download;
use super::notice::SILENCE_SECONDS;
use crate::session::messages::{Reply, Request};

const GLUE: &str = "loopscope-engine.js";
const CODE: &str = "loopscope-engine_bg.wasm";
/// Seconds that a worker may take until it is ready, its code being here.
const START_SECONDS: u32 = 60;

// An answer, its headers, its body, what reads that, and what is read.
#[wasm_bindgen]
extern "C" {
    type Counted;
    #[wasm_bindgen(method, getter)]
    fn headers(this: &Counted) -> Counted;
    #[wasm_bindgen(method)]
    fn get(this: &Counted, name: &str) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn body(this: &Counted) -> Option<Counted>;
    #[wasm_bindgen(method, js_name = getReader)]
    fn reader(this: &Counted) -> Counted;
    #[wasm_bindgen(method)]
    fn read(this: &Counted) -> Promise;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Counted) -> Option<Uint8Array>;
}

/// What the page hears.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// So much of the interpreter's code has come.
    Loading(Download),
    /// A worker is ready for a program.
    Ready,
    /// The interpreter cannot be loaded.
    Unavailable(String),
    /// The next part of the run.
    Chunk(Vec<u8>),
    /// The run is over.
    Ended,
    /// The run was ended from here.
    Stopped,
    /// The interpreter broke, and what it said last.
    Crashed(String),
    /// Nothing was heard for too long; the run was given up.
    Silent,
}

/// The worker side.
#[derive(Clone)]
pub struct Engine {
    inner: Rc<RefCell<Inner>>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Engine")
    }
}

impl PartialEq for Engine {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner)
    }
}

struct Inner {
    hear: Callback<Heard>,
    module: Module,
    spare: Option<Spare>,
    running: Option<Running>,
    /// A program that waits for the interpreter.
    waiting: Option<Request>,
    /// Looks after silence, while something is waited for.
    watch: Option<Interval>,
}

enum Module {
    Absent,
    Loading,
    Here(WebAssembly::Module),
}

struct Spare {
    worker: Hired,
    hired_at: f64,
    ready: bool,
}

struct Running {
    worker: Hired,
    heard_at: f64,
}

/// A worker that ends when it is dropped.
struct Hired {
    worker: Worker,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Drop for Hired {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Engine {
    /// A worker side that loads nothing yet.
    pub fn new(hear: Callback<Heard>) -> Self {
        let inner = Inner {
            hear,
            module: Module::Absent,
            spare: None,
            running: None,
            waiting: None,
            watch: None,
        };
        Self {
            inner: Rc::new(RefCell::new(inner)),
        }
    }

    /// Loads the interpreter and warms up a worker, unless that is done.
    pub fn prepare(&self) {
        let begin = {
            let mut inner = self.inner.borrow_mut();
            let absent = matches!(inner.module, Module::Absent);
            if absent {
                inner.module = Module::Loading;
            }
            absent
        };
        if !begin {
            return self.warm_up();
        }
        self.say(Heard::Loading(Download::default()));
        let engine = self.clone();
        spawn_local(async move {
            match engine.compile().await {
                Ok(module) => {
                    engine.inner.borrow_mut().module = Module::Here(module);
                    engine.warm_up();
                }
                Err(error) => engine.give_up(&error),
            }
        });
    }

    async fn compile(&self) -> Result<WebAssembly::Module, JsValue> {
        let response = fetch(CODE).await?;
        let engine = self.clone();
        spawn_local(count(response.clone()?.unchecked_into(), move |download| {
            // What comes late is of no interest, and a program may have been given up.
            if matches!(engine.inner.borrow().module, Module::Loading) {
                engine.say(Heard::Loading(download));
            }
        }));
        let resolved = Promise::resolve(&JsValue::from(response));
        let streamed = JsFuture::from(WebAssembly::compile_streaming(&resolved)).await;
        if let Ok(module) = streamed {
            return module.dyn_into();
        }
        // A server that calls wasm something else forbids streaming, nothing more.
        let whole = JsFuture::from(fetch(CODE).await?.array_buffer()?).await?;
        JsFuture::from(WebAssembly::compile(&whole)).await?.dyn_into()
    }

    /// Runs a program; a run that goes on is ended.
    pub fn run(&self, request: Request) {
        self.stop();
        let engine = self.clone();
        let watch = Interval::new(1000, move || engine.watch());
        {
            let mut inner = self.inner.borrow_mut();
            inner.waiting = Some(request);
            inner.watch = Some(watch);
        }
        self.prepare();
        self.begin();
    }

    /// Ends the run that goes on.
    pub fn stop(&self) {
        let ended = {
            let mut inner = self.inner.borrow_mut();
            inner.waiting = None;
            (inner.running.take(), inner.watch.take())
        };
        drop(ended);
        self.say(Heard::Stopped);
    }

    fn say(&self, heard: Heard) {
        let hear = self.inner.borrow().hear.clone();
        hear.emit(heard);
    }

    fn give_up(&self, error: &JsValue) {
        let given_up = {
            let mut inner = self.inner.borrow_mut();
            // The next run tries again.
            inner.module = Module::Absent;
            inner.waiting = None;
            (inner.spare.take(), inner.watch.take())
        };
        // What calls this may run within them.
        spawn_local(async move { drop(given_up) });
        self.say(Heard::Unavailable(words(error)));
    }

    fn warm_up(&self) {
        let hired = {
            let inner = self.inner.borrow();
            let Module::Here(module) = &inner.module else {
                return;
            };
            if inner.spare.is_some() {
                return;
            }
            self.hire(module)
        };
        match hired {
            Ok(worker) => {
                self.inner.borrow_mut().spare = Some(Spare {
                    worker,
                    hired_at: now(),
                    ready: false,
                });
            }
            Err(error) => self.give_up(&error),
        }
    }

    fn hire(&self, module: &WebAssembly::Module) -> Result<Hired, JsValue> {
        let source = format!(
            "importScripts({:?}); onmessage = (event) => {{ onmessage = null; wasm_bindgen({{ module_or_path: event.data }}); }};",
            address(GLUE)?
        );
        let options = BlobPropertyBag::new();
        options.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&source.into()), &options)?;
        let url = Url::create_object_url_with_blob(&blob)?;
        let worker = Worker::new(&url)?;
        let engine = self.clone();
        let sender = worker.clone();
        let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            engine.take(&sender, &event.data());
        });
        let engine = self.clone();
        let sender = worker.clone();
        let error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            engine.broke(&sender, event.message());
        });
        worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(error.as_ref().unchecked_ref()));
        worker.post_message(module)?;
        Ok(Hired {
            worker,
            _message: message,
            _error: error,
        })
    }

    /// Gives the waiting program to the spare worker, when both are there.
    fn begin(&self) {
        let begun = {
            let mut inner = self.inner.borrow_mut();
            if inner.waiting.is_none() || !inner.spare.as_ref().is_some_and(|spare| spare.ready) {
                return;
            }
            let (Some(request), Some(spare)) = (inner.waiting.take(), inner.spare.take()) else {
                return;
            };
            let packed = request
                .pack()
                .map_err(|error| JsValue::from_str(&error.to_string()));
            let sent = packed.and_then(|bytes| {
                let bytes = Uint8Array::from(bytes.as_slice());
                spare.worker.worker.post_message(&bytes)
            });
            inner.running = Some(Running {
                worker: spare.worker,
                heard_at: now(),
            });
            sent
        };
        match begun {
            Ok(()) => self.warm_up(),
            Err(error) => self.give_up(&error),
        }
    }

    fn take(&self, sender: &Worker, data: &JsValue) {
        let runs = {
            let mut inner = self.inner.borrow_mut();
            let running = inner
                .running
                .as_mut()
                .filter(|running| running.worker.worker == *sender);
            running.map(|running| running.heard_at = now()).is_some()
        };
        if let Some(bytes) = bytes_of(data) {
            if runs {
                self.say(Heard::Chunk(bytes));
            }
            return;
        }
        let reply = data.as_string().and_then(|word| Reply::of_word(&word));
        match reply {
            Some(Reply::Ready) => {
                if let Some(spare) = self
                    .inner
                    .borrow_mut()
                    .spare
                    .as_mut()
                    .filter(|spare| spare.worker.worker == *sender)
                {
                    spare.ready = true;
                }
                self.say(Heard::Ready);
                self.begin();
            }
            Some(Reply::Ended) if runs => {
                self.stop_running();
                self.say(Heard::Ended);
            }
            Some(Reply::Ended | Reply::Alive) | None => {}
        }
    }

    fn broke(&self, sender: &Worker, message: String) {
        let runs = self
            .inner
            .borrow()
            .running
            .as_ref()
            .is_some_and(|running| running.worker.worker == *sender);
        if runs {
            self.stop_running();
            self.say(Heard::Crashed(message));
        } else {
            // A spare that breaks before it is used will not do better the next time.
            self.give_up(&JsValue::from_str(&message));
        }
    }

    fn watch(&self) {
        let (silent, deaf) = {
            let inner = self.inner.borrow();
            let silent = |since: f64, seconds: u32| now() - since > f64::from(seconds) * 1000.0;
            let running = inner.running.as_ref();
            let spare = inner
                .spare
                .as_ref()
                .filter(|spare| !spare.ready && inner.waiting.is_some());
            (
                running.is_some_and(|running| silent(running.heard_at, SILENCE_SECONDS)),
                spare.is_some_and(|spare| silent(spare.hired_at, START_SECONDS)),
            )
        };
        if silent {
            self.stop_running();
            self.say(Heard::Silent);
        }
        if deaf {
            self.give_up(&JsValue::from_str("it does not answer"));
        }
    }

    /// Ends the worker of the run, but only after whoever called from within it has returned.
    fn stop_running(&self) {
        let ended = {
            let mut inner = self.inner.borrow_mut();
            (inner.running.take(), inner.watch.take())
        };
        spawn_local(async move { drop(ended) });
    }
}

fn bytes_of(data: &JsValue) -> Option<Vec<u8>> {
    if let Some(buffer) = data.dyn_ref::<ArrayBuffer>() {
        return Some(Uint8Array::new(buffer).to_vec());
    }
    data.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

/// Tells how much of an answer has come, until all of it has.
async fn count(answer: Counted, tell: impl Fn(Download)) {
    let header = |name: &str| answer.headers().get(name);
    let mut download = Download::of(
        header("content-length").as_deref(),
        header("content-encoding").as_deref(),
    );
    let Some(reader) = answer.body().map(|body| body.reader()) else {
        return;
    };
    while let Ok(piece) = JsFuture::from(reader.read()).await
        && let Some(bytes) = piece.unchecked_into::<Counted>().value()
    {
        if download.comes(bytes.length()) {
            tell(download);
        }
    }
}

/// Fetches a file beside the page.
///
/// # Errors
/// When there is none, or no connection.
pub async fn fetch(path: &str) -> Result<Response, JsValue> {
    let window = web_sys::window().ok_or_else(|| JsValue::from_str("no window"))?;
    let response: Response = JsFuture::from(window.fetch_with_str(&address(path)?))
        .await?
        .dyn_into()?;
    if response.ok() {
        Ok(response)
    } else {
        Err(JsValue::from_str(&format!("{path}: {}", response.status())))
    }
}

/// Fetches the bytes of a file beside the page.
///
/// # Errors
/// When there is none, or no connection.
pub async fn fetch_bytes(path: &str) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(fetch(path).await?.array_buffer()?).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// What an error of the browser says.
pub fn words(error: &JsValue) -> String {
    let text = error.as_string().or_else(|| {
        error
            .dyn_ref::<js_sys::Error>()
            .map(|error| error.message().into())
    });
    text.unwrap_or_else(|| format!("{error:?}"))
}

/// The full address of a file beside the page: a worker made from a blob has no folder of its own.
fn address(path: &str) -> Result<String, JsValue> {
    let base = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.base_uri().ok().flatten());
    let base = base.ok_or_else(|| JsValue::from_str("no document"))?;
    Ok(Url::new_with_base(path, &base)?.href())
}

fn now() -> f64 {
    js_sys::Date::now()
}
