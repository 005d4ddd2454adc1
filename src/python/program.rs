//! Runs one program from its first line to the end of the interpreter.

use rustpython_vm::builtins::{PyBaseExceptionRef, PyDictRef};
use rustpython_vm::scope::Scope;
use rustpython_vm::{AsObject, PyObjectRef, PyResult, VirtualMachine};

use super::context::Run;
use super::{
    capture, findings, held, identity, inspect, lines, monitor, set_order, signal, syntax, threads, traceback,
};
use crate::trace::{Diagnosis, EventKind, Line, Stream};

/// Writes to the program's stderr before there is one.
pub fn complain(run: &Run, text: &str) {
    capture::record(Stream::Err, text, run);
    capture::record_open_lines(run);
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Exit code.
    pub code: i32,
    /// `Type: message` of the uncaught exception.
    pub error: Option<String>,
}

impl End {
    const fn success() -> Self {
        Self { code: 0, error: None }
    }
}

/// Exit code after Ctrl+C.
const INTERRUPTED: i32 = 130;

/// Runs the program of `run`, which must be the run of this thread.
pub fn execute(run: &Run, vm: &VirtualMachine) -> End {
    let mut globals = None;
    let failed = start(run, &mut globals, vm).err();
    let end = failed
        .as_ref()
        .map_or_else(End::success, |error| end_of(run, error, vm));
    if !run.is_stopped() {
        wind_down(globals, failed, vm);
    }
    capture::record_open_lines(run);
    lines::record_outside(run);
    held::let_go();
    forget();
    end
}

fn start(run: &Run, globals: &mut Option<PyDictRef>, vm: &VirtualMachine) -> PyResult<()> {
    traceback::know_source(run, vm)?;
    let file = run.program.as_str();
    let words = std::iter::once(&run.program).chain(&run.surroundings.arguments);
    let words = words.map(|word| vm.ctx.new_str(word.as_str()).into()).collect();
    vm.sys_module.set_attr("argv", vm.ctx.new_list(words), vm)?;
    capture::fill_stdin(&run.surroundings.stdin, vm)?;
    let findings = findings::Findings::of(&run.source);
    let code = syntax::warnings_shown(run, vm, || {
        let compiled = set_order::compile(&run.source, file, &findings, vm);
        compiled.inspect_err(|error| syntax::mend(error, Some(&run.source), vm))
    })?;
    if !run.world.is_37() {
        for gone in &findings.gone {
            run.tell_at(Diagnosis::Gone, (gone.line, gone.column), gone.name);
        }
    }
    let scope: Scope = vm.new_scope_with_main()?;
    scope
        .globals
        .set_item("__file__", vm.ctx.new_str(file).into(), vm)?;
    *globals = Some(scope.globals.clone());
    // Cycles are collected when the program asks for it and at the end, never at a moment that
    // depends on how much memory something took.
    vm.call_method(&*vm.import("gc", 0)?, "disable", ())?;
    threads::prepare(&code, &run.source, file, vm);
    monitor::watch(&code, &run.source, vm)?;
    vm.run_code_obj(code, scope).map(drop)
}

/// Lets go of every object that hooks have kept for the length of the run.
fn forget() {
    threads::reset();
    inspect::reset();
    identity::reset();
    set_order::reset();
    signal::reset();
    monitor::unwatch();
}

/// What an exception that left the program means for its end.
fn end_of(run: &Run, error: &PyBaseExceptionRef, vm: &VirtualMachine) -> End {
    if run.is_stopped() || lines::is_out_of_budget(error) {
        return End::success();
    }
    if error.fast_isinstance(vm.ctx.exceptions.system_exit) {
        return End {
            code: exit_code(error, vm),
            error: None,
        };
    }
    let interrupted = error.fast_isinstance(vm.ctx.exceptions.keyboard_interrupt);
    let text = traceback::one_line(error, vm);
    diagnose(run, error, &text, vm);
    traceback::print(error, vm);
    End {
        code: if interrupted { INTERRUPTED } else { 1 },
        error: Some(text),
    }
}

fn exit_code(error: &PyBaseExceptionRef, vm: &VirtualMachine) -> i32 {
    let value = error
        .as_object()
        .get_attr("code", vm)
        .unwrap_or_else(|_| vm.ctx.none());
    if vm.is_none(&value) {
        return 0;
    }
    if value.fast_isinstance(vm.ctx.types.int_type) {
        // The system keeps the lowest byte.
        let byte = vm
            ._and(&value, vm.ctx.new_int(0xFF).as_object())
            .and_then(|byte| byte.try_into_value::<i32>(vm));
        return byte.unwrap_or(1);
    }
    if let (Ok(stderr), Ok(text)) = (vm.sys_module.get_attr("stderr", vm), value.str(vm)) {
        let _ = vm.call_method(&stderr, "write", (text,));
        let _ = vm.call_method(&stderr, "write", ("\n",));
    }
    1
}

fn diagnose(run: &Run, error: &PyBaseExceptionRef, text: &str, vm: &VirtualMachine) {
    let (diagnosis, line, column) = if error.fast_isinstance(vm.ctx.exceptions.syntax_error) {
        let number = |name: &'static str| {
            let value = error.as_object().get_attr(name, vm).ok()?;
            value.try_into_value::<u32>(vm).ok()
        };
        (
            Diagnosis::SyntaxError,
            number("lineno").unwrap_or(0),
            number("offset").unwrap_or(0),
        )
    } else {
        (Diagnosis::Uncaught, raised_at(error), 0)
    };
    let message = run.world.text(text);
    run.world.emit(&EventKind::Diagnosed {
        diagnosis,
        line,
        column,
        message,
    });
}

/// The last line of the program that the exception came through.
fn raised_at(error: &PyBaseExceptionRef) -> Line {
    let mut line = 0;
    let mut next = error.__traceback__();
    while let Some(entry) = next {
        if lines::is_program_code(entry.frame.iframe().code()) {
            line = Line::try_from(entry.lineno.get()).unwrap_or(0);
        }
        let after = entry.next.lock().clone();
        next = after;
    }
    line
}

/// What the interpreter does between the last line and the end: `atexit`, cycles, the exception that
/// ended the program, cycles again, the names of `__main__` in order, cycles once more.
fn wind_down(globals: Option<PyDictRef>, failed: Option<PyBaseExceptionRef>, vm: &VirtualMachine) {
    let steps = || -> PyResult<()> {
        threads::end_all(vm)?;
        vm.call_method(&*vm.import("atexit", 0)?, "_run_exitfuncs", ())?;
        let gc = vm.import("gc", 0)?;
        // From here on there is no place in the program that a warning could name.
        let modules = vm.sys_module.get_attr("modules", vm)?;
        if let Ok(warnings) = modules.get_item("warnings", vm) {
            let warn = vm
                .import("_environment", 0)?
                .get_attr("warn_never_awaited_at_the_end", vm)?;
            warnings.set_attr("_warn_unawaited_coroutine", warn, vm)?;
        }
        vm.call_method(&gc, "collect", ())?;
        drop(failed);
        vm.call_method(&gc, "collect", ())?;
        if let Some(globals) = globals {
            vm.call_method(&*vm.import("_boot", 0)?, "finalise", ())?;
            forget_names(&globals, vm)?;
        }
        vm.call_method(&gc, "collect", ())?;
        Ok(())
    };
    if let Err(error) = steps()
        && !lines::is_out_of_budget(&error)
    {
        traceback::print(&error, vm);
    }
}

fn forget_names(globals: &PyDictRef, vm: &VirtualMachine) -> PyResult<()> {
    let names: Vec<PyObjectRef> = globals.into_iter().map(|(name, _)| name).collect();
    let is_private = |name: &PyObjectRef| {
        name.str(vm).is_ok_and(|name| {
            let name = name.as_wtf8().to_string_lossy();
            name.starts_with('_') && !name.starts_with("__")
        })
    };
    let is_builtins = |name: &PyObjectRef| {
        name.str(vm)
            .is_ok_and(|name| name.as_wtf8().to_string_lossy() == "__builtins__")
    };
    let (private, public): (Vec<_>, Vec<_>) = names.into_iter().partition(is_private);
    for name in private
        .into_iter()
        .chain(public)
        .filter(|name| !is_builtins(name))
    {
        globals.set_item(&*name, vm.ctx.none(), vm)?;
    }
    Ok(())
}
