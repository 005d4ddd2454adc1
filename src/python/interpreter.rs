//! An interpreter that behaves the same everywhere and every time.

use rustpython_vm::builtins::{PyModuleDef, PyTuple};
use rustpython_vm::{AsObject, Context, PyObjectRef, PyPayload, PyResult, Settings, VirtualMachine};

pub use rustpython_vm::Interpreter;

use super::{
    anext, asyncio, capture, clock, collector, division, environment, exception_groups, frozen, set_order,
    signal, threads, traceback, unraisable, words,
};

/// Depth at which `RecursionError` is raised. Every call of the program is a
/// nested call in the worker, whose stack is the browser's: this is as deep as
/// every kind of recursion can go there.
pub const RECURSION_LIMIT: usize = 200;

/// Native modules that read the host's clock. The standard library has them in Python too, on
/// top of module `time`, which is ours.
const HOST_CLOCKS: [&str; 1] = ["_datetime"];

/// Builds an interpreter with our modules in place of those that touch the host.
///
/// # Panics
/// When the modules that are part of this program do not fit together.
pub fn build() -> Interpreter {
    build_with(own_modules)
}

/// An interpreter that runs a module of `CPython`'s tests as its program.
///
/// # Panics
/// As [`build`].
#[cfg(not(target_arch = "wasm32"))]
pub fn build_for_tests(plan: std::sync::Arc<super::cpython_tests::Plan>) -> Interpreter {
    use super::cpython_tests;
    let interpreter = build_with(|ctx| {
        let mut modules = own_modules(ctx);
        modules.push(cpython_tests::module_def(ctx));
        modules
    });
    interpreter.enter(|vm| expect_prepared(cpython_tests::install(plan, vm), vm));
    interpreter
}

fn build_with(own_modules: impl FnOnce(&Context) -> Vec<&'static PyModuleDef>) -> Interpreter {
    let builder = Interpreter::builder(settings());
    let mut definitions = rustpython_stdlib::stdlib_module_defs(&builder.ctx);
    definitions.retain(|definition| !HOST_CLOCKS.contains(&definition.name.as_str()));
    let own = own_modules(&builder.ctx);
    capture::prepare();
    let interpreter = builder
        .add_native_modules(&definitions)
        .add_native_modules(&own)
        .add_frozen_modules(frozen::modules())
        .build();
    interpreter.enter(|vm| expect_prepared(prepare(vm), vm));
    interpreter
}

fn expect_prepared(prepared: PyResult<()>, vm: &VirtualMachine) {
    if let Err(error) = prepared {
        let mut text = String::new();
        let _ = vm.write_exception(&mut text, &error);
        unreachable!("the interpreter cannot be prepared: {text}");
    }
}

/// Imports what most programs need. Nothing of it shows in a trace.
pub fn warm_up(interpreter: &Interpreter) {
    interpreter.enter(|vm| {
        for module in ["traceback", "asyncio"] {
            // Whoever needs it will see the error.
            let _ = vm.import(module, 0);
        }
    });
}

/// Native modules of our own. They win over the interpreter's of the same name.
fn own_modules(ctx: &Context) -> Vec<&'static PyModuleDef> {
    vec![
        asyncio::module_def(ctx),
        environment::module_def(ctx),
        signal::module_def(ctx),
        threads::module_def(ctx),
    ]
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
    words::adopt(vm);
    exception_groups::adopt(vm);
    set_order::install(vm)?;
    division::adopt(vm);
    clock::install(vm)?;
    signal::install(vm)?;
    capture::install(vm)?;
    traceback::install(vm)?;
    collector::install(vm)?;
    unraisable::install(vm)?;
    let environment = vm.import("_environment", 0)?;
    for name in ["id", "open"] {
        vm.builtins.set_attr(name, environment.get_attr(name, vm)?, vm)?;
    }
    anext::install(vm)?;
    claim_version(vm)?;
    vm.recursion_limit.set(RECURSION_LIMIT);
    let set_limit = vm.new_function("setrecursionlimit", |limit: i64, vm: &VirtualMachine| {
        if limit < 1 {
            return Err(vm.new_value_error("recursion limit must be greater or equal than 1"));
        }
        vm.recursion_limit.set(
            usize::try_from(limit)
                .unwrap_or(RECURSION_LIMIT)
                .min(RECURSION_LIMIT),
        );
        Ok(())
    });
    vm.sys_module.set_attr("setrecursionlimit", set_limit, vm)
}

/// Says that this is the version whose `asyncio` we follow, so that programs that ask choose
/// the same way as there.
fn claim_version(vm: &VirtualMachine) -> PyResult<()> {
    const TEXT: &str = "3.13.0 (loopscope)";
    const HEX: u32 = 0x030D_00F0;
    let fields: [PyObjectRef; 5] = [
        vm.ctx.new_int(3).into(),
        vm.ctx.new_int(13).into(),
        vm.ctx.new_int(0).into(),
        vm.ctx.new_str("final").into(),
        vm.ctx.new_int(0).into(),
    ];
    let class = vm.sys_module.get_attr("version_info", vm)?.class().to_owned();
    let claimed = PyTuple::new_unchecked(Box::new(fields)).into_ref_with_type(vm, class)?;
    vm.sys_module.set_attr("version_info", claimed, vm)?;
    vm.sys_module.set_attr("hexversion", vm.ctx.new_int(HEX), vm)?;
    vm.sys_module.set_attr("version", vm.ctx.new_str(TEXT), vm)
}
