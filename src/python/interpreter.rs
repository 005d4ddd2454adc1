//! An interpreter that behaves the same everywhere and every time.

use rustpython_vm::builtins::PyModuleDef;
use rustpython_vm::{Context, Interpreter, PyResult, Settings, VirtualMachine};

use super::{capture, clock, frozen, traceback};

/// Depth at which `RecursionError` is raised. Every call of the program is a
/// nested call in the worker, whose stack is the browser's: this is as deep as
/// every kind of recursion can go there.
pub const RECURSION_LIMIT: usize = 200;

/// Builds an interpreter with our modules in place of those that touch the host.
///
/// # Panics
/// When the modules that are part of this program do not fit together.
pub fn build() -> Interpreter {
    let builder = Interpreter::builder(settings());
    let definitions = rustpython_stdlib::stdlib_module_defs(&builder.ctx);
    let own = own_modules(&builder.ctx);
    capture::prepare();
    let interpreter = builder
        .add_native_modules(&definitions)
        .add_native_modules(&own)
        .add_frozen_modules(frozen::modules())
        .build();
    interpreter.enter(|vm| {
        let prepared = prepare(vm);
        if let Err(error) = prepared {
            let mut text = String::new();
            let _ = vm.write_exception(&mut text, &error);
            unreachable!("the interpreter cannot be prepared: {text}");
        }
    });
    interpreter
}

/// Native modules of our own. They win over the interpreter's of the same name.
#[expect(clippy::missing_const_for_fn, reason = "the list grows")]
fn own_modules(_ctx: &Context) -> Vec<&'static PyModuleDef> {
    Vec::new()
}

fn settings() -> Settings {
    let mut settings = Settings::default();
    // The same for all interpreters of a process, or the second one would not start.
    settings.hash_seed = Some(0);
    settings.install_signal_handlers = false;
    settings.import_site = false;
    settings.allow_external_library = false;
    settings.user_site_directory = false;
    settings.write_bytecode = false;
    settings.isolated = true;
    settings.ignore_environment = true;
    settings
}

fn prepare(vm: &VirtualMachine) -> PyResult<()> {
    clock::install(vm)?;
    capture::install(vm)?;
    traceback::install(vm)?;
    vm.import("_ls_boot", 0)?;
    vm.recursion_limit.set(RECURSION_LIMIT);
    let set_limit = vm.new_function("setrecursionlimit", |limit: i64, vm: &VirtualMachine| {
        if limit < 1 {
            return Err(vm.new_value_error("recursion limit must be greater or equal than 1"));
        }
        vm.recursion_limit.set(usize::try_from(limit).unwrap_or(RECURSION_LIMIT).min(RECURSION_LIMIT));
        Ok(())
    });
    vm.sys_module.set_attr("setrecursionlimit", set_limit, vm)
}
