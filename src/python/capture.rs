//! `sys.stdout` and `sys.stderr` as events of the trace.
//!
//! Text waits until its line is complete. A line that is still open when the
//! program comes to rest is recorded as far as it goes, so that the picture
//! shows it, and continued later.

use std::cell::{Cell, RefCell};

use rustpython_vm::builtins::PyStrRef;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::{Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

use super::context::{self, Run};
use super::{identity, lines};
use crate::trace::{Budget, EventKind, Stream};

/// What was written to a stream and not yet recorded.
#[derive(Default)]
struct Pending {
    out: String,
    err: String,
    /// Bytes written to both streams since the run began.
    written: u64,
}

thread_local! {
    /// Whether there may be an open line; asked after every step.
    static OPEN: Cell<bool> = const { Cell::new(false) };
    static PENDING: RefCell<Pending> = RefCell::default();
}

impl Pending {
    fn of(&mut self, stream: Stream) -> &mut String {
        match stream {
            Stream::Out => &mut self.out,
            Stream::Err => &mut self.err,
        }
    }
}

/// A text stream that the program writes to.
#[pyclass(module = "_io", name = "TextIOWrapper")]
#[derive(Debug, PyPayload)]
struct Captured {
    stream: Stream,
}

#[pyclass]
impl Captured {
    #[pymethod]
    fn write(zelf: &Py<Self>, text: PyStrRef, vm: &VirtualMachine) -> PyResult<usize> {
        let written = text.as_wtf8().to_string_lossy();
        let Some(run) = context::current() else {
            return Ok(0);
        };
        if run.is_stopped() {
            // What a program says on its way out is heard by nobody, and must not fail: the
            // interpreter would complain to the host.
            return Ok(text.char_len());
        }
        record(zelf.stream, &written, &run);
        if run.is_stopped() {
            return Err(lines::out_of_budget(vm));
        }
        Ok(text.char_len())
    }

    #[pymethod]
    fn writelines(zelf: &Py<Self>, lines: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        for line in lines.try_to_value::<Vec<PyStrRef>>(vm)? {
            Self::write(zelf, line, vm)?;
        }
        Ok(())
    }

    #[pymethod]
    fn flush(_zelf: &Py<Self>) {}

    #[pymethod]
    fn isatty(_zelf: &Py<Self>) -> bool {
        false
    }

    #[pymethod]
    fn writable(_zelf: &Py<Self>) -> bool {
        true
    }

    #[pymethod]
    fn readable(_zelf: &Py<Self>) -> bool {
        false
    }

    #[pymethod]
    fn seekable(_zelf: &Py<Self>) -> bool {
        false
    }

    #[pymethod]
    fn fileno(zelf: &Py<Self>) -> i32 {
        match zelf.stream {
            Stream::Out => 1,
            Stream::Err => 2,
        }
    }

    #[pymethod]
    fn reconfigure(_zelf: &Py<Self>, _arguments: rustpython_vm::function::FuncArgs) {}

    #[pygetset]
    fn name(zelf: &Py<Self>) -> &'static str {
        match zelf.stream {
            Stream::Out => "<stdout>",
            Stream::Err => "<stderr>",
        }
    }

    #[pygetset]
    fn mode(_zelf: &Py<Self>) -> &'static str {
        "w"
    }

    #[pygetset]
    fn encoding(_zelf: &Py<Self>) -> &'static str {
        "utf-8"
    }

    #[pygetset]
    fn errors(_zelf: &Py<Self>) -> &'static str {
        "strict"
    }

    #[pygetset]
    fn closed(_zelf: &Py<Self>) -> bool {
        false
    }
}

/// Records text that is written to a stream.
pub(super) fn record(stream: Stream, text: &str, run: &Run) {
    let text = &*identity::without_addresses(text);
    run.echo(stream, text);
    let (complete, written) = PENDING.with_borrow_mut(|pending| {
        pending.written += text.len() as u64;
        let open = pending.of(stream);
        open.push_str(text);
        let complete = open.rfind('\n').map(|end| {
            let rest = open.split_off(end + 1);
            std::mem::replace(open, rest)
        });
        (complete, pending.written)
    });
    OPEN.set(true);
    for text in complete.iter().flat_map(|text| text.split_terminator('\n')) {
        emit(stream, text, true, run);
    }
    if written > run.budgets.output {
        run.exhaust(Budget::Output, run.budgets.output);
    }
    if complete.is_some() {
        run.breathe();
    }
}

fn emit(stream: Stream, text: &str, complete: bool, run: &Run) {
    let text = run.world.text(text);
    run.world.emit(&EventKind::Output {
        stream,
        text,
        complete,
        line: run.world.line(),
    });
}

/// Records the lines that are still open: the program came to rest.
pub fn record_open_lines(run: &Run) {
    if !OPEN.replace(false) {
        return;
    }
    for stream in [Stream::Out, Stream::Err] {
        let text = PENDING.with_borrow_mut(|pending| std::mem::take(pending.of(stream)));
        if !text.is_empty() {
            emit(stream, &text, false, run);
        }
    }
}

/// Gives the interpreter its streams; there is nothing in stdin.
///
/// # Errors
/// When the interpreter refuses them.
pub(super) fn install(vm: &VirtualMachine) -> PyResult<()> {
    PENDING.set(Pending::default());
    let streams = [("stdout", Stream::Out), ("stderr", Stream::Err)];
    for (name, stream) in streams {
        set(name, Captured { stream }.into_ref(&vm.ctx).into(), vm)?;
    }
    fill_stdin("", vm)
}

/// Gives the program something to read.
///
/// # Errors
/// When the interpreter refuses it.
pub(super) fn fill_stdin(text: &str, vm: &VirtualMachine) -> PyResult<()> {
    let stdin = vm.import("_io", 0)?.get_attr("StringIO", vm)?.call((text,), vm)?;
    set("stdin", stdin, vm)
}

fn set(name: &'static str, stream: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    vm.sys_module
        .set_attr(vm.ctx.intern_str(format!("__{name}__")), stream.clone(), vm)?;
    vm.sys_module.set_attr(name, stream, vm)
}

/// Makes the class of the streams known. Called once for every interpreter, before it is built.
pub(super) fn prepare() {
    let _ = Captured::make_static_type();
}
