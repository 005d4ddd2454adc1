//! Module `_environment`: what our own library modules ask of the run.

use rustpython_vm::Context;
use rustpython_vm::builtins::PyModuleDef;

use super::{context, identity, lines};
use crate::trace::Diagnosis;

/// The definition of the module.
pub(super) fn module_def(ctx: &Context) -> &'static PyModuleDef {
    _environment::module_def(ctx)
}

#[rustpython_vm::pymodule]
mod _environment {
    use super::{context, identity, lines};
    use crate::sched::{Description, Resource};
    use crate::trace::hosts::usual_latency;
    use crate::trace::{Change, Diagnosis, EventKind, ResourceId, ResourceKind};
    use rustpython_vm::builtins::{PyStrRef, PyTraceback};
    use rustpython_vm::function::{FuncArgs, OptionalArg};
    use rustpython_vm::{AsObject, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

    /// Seed of everything that is random in this run.
    #[pyfunction]
    fn seed(_vm: &VirtualMachine) -> u64 {
        context::current().map_or(0, |run| run.seed)
    }

    /// `id()`: for the program a number that is the same in every run. Libraries get the
    /// address, which costs nothing and does not keep the object.
    #[pyfunction]
    fn id(object: PyObjectRef, _vm: &VirtualMachine) -> u64 {
        if lines::program_is_calling() {
            identity::number_of(object)
        } else {
            object.get_id() as u64
        }
    }

    /// `open()`, on files in memory.
    #[pyfunction]
    fn open(arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if arguments.args.is_empty() && arguments.kwargs.get("file").is_none() {
            return Err(vm.new_type_error("open() missing required argument 'file' (pos 1)"));
        }
        let opened = vm.import("_files", 0)?.get_attr("open", vm)?.call(arguments, vm);
        // Nobody sees the frames of a builtin.
        opened.inspect_err(|error| error.set_traceback(None))
    }

    /// File name and source text of the program.
    #[pyfunction]
    fn program(_vm: &VirtualMachine) -> (String, String) {
        context::current().map_or_else(Default::default, |run| (run.program.clone(), run.source.clone()))
    }

    /// The latency of a simulated host in seconds.
    #[pyfunction]
    fn latency(host: String, _vm: &VirtualMachine) -> f64 {
        let chosen = context::current().and_then(|run| run.surroundings.latency(&host));
        chosen.unwrap_or_else(|| usual_latency(&host)).as_secs_f64()
    }

    /// What goes wrong with a simulated host, and how often from 0 to 1.
    #[pyfunction]
    fn trouble(host: String, _vm: &VirtualMachine) -> (Option<&'static str>, f64) {
        let run = context::current();
        let failure = run.as_ref().and_then(|run| run.surroundings.failure(&host));
        failure.map_or((None, 0.0), |failure| {
            (Some(failure.trouble.name()), failure.share())
        })
    }

    /// Keeps an exception and the running frames alive until cycles are collected.
    #[pyfunction]
    fn hold(error: PyObjectRef, vm: &VirtualMachine) {
        super::super::held::hold(error, vm);
    }

    /// Records a new server, connection or request; its number.
    #[pyfunction]
    fn resource(kind: String, name: String, _vm: &VirtualMachine) -> u32 {
        let kind = match kind.as_str() {
            "server" => ResourceKind::Server,
            "request" => ResourceKind::Request,
            _ => ResourceKind::Connection,
        };
        context::current().map_or(0, |run| {
            Resource::create(&run.world, Description::new(kind, &name)).id().0
        })
    }

    /// Records what it does now; with nothing, that it is closed.
    #[pyfunction]
    fn resource_does(resource: u32, what: Option<String>, _vm: &VirtualMachine) {
        let Some(run) = context::current() else { return };
        let change = match what {
            Some(what) => Change::StateSet {
                state: run.world.text(&what),
            },
            None => Change::Closed,
        };
        run.world.emit(&EventKind::ResourceChanged {
            resource: ResourceId(resource),
            change,
            line: run.world.line(),
        });
    }

    /// Whether an entry of a traceback is to be passed over.
    #[pyfunction]
    fn is_repetition(entry: rustpython_vm::PyRef<PyTraceback>, _vm: &VirtualMachine) -> bool {
        super::super::reraise::is_repetition(&entry)
    }

    /// Notes that the program uses something that is not simulated.
    #[pyfunction]
    fn note_unsupported(message: PyStrRef, _vm: &VirtualMachine) {
        // What libraries try out is their business.
        if lines::program_asks_module() {
            super::note_unsupported(&message.as_wtf8().to_string_lossy());
        }
    }

    /// Warns of a coroutine that ends with the interpreter and has never run.
    #[pyfunction]
    fn warn_never_awaited_at_the_end(coroutine: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let name = coroutine.get_attr("__qualname__", vm)?.str(vm)?;
        let text = format!("coroutine '{}' was never awaited", name.as_wtf8());
        let category = vm.ctx.exceptions.runtime_warning.to_owned();
        // Where the system itself warns: the same words are said once.
        let known = vm.ctx.intern_str("__warningregistry__");
        if vm.get_attribute_opt(vm.sys_module.as_object(), known)?.is_none() {
            vm.sys_module.set_attr(known, vm.ctx.new_dict(), vm)?;
        }
        let registry = vm.sys_module.get_attr(known, vm)?;
        let warnings = vm.import("warnings", 0)?;
        let arguments = (text, category, "<sys>", 0, "sys", registry);
        vm.call_method(&warnings, "warn_explicit", arguments).map(drop)
    }

    /// Notes that a coroutine ends without ever having run.
    #[pyfunction]
    fn note_never_awaited(name: PyStrRef, _vm: &VirtualMachine) {
        let Some(run) = context::current() else { return };
        let name = name.as_wtf8().to_string_lossy();
        let message =
            format!("coroutine '{name}' was never awaited: calling it only makes it, `await` runs it");
        run.tell(Diagnosis::NeverAwaited, &message);
    }

    /// The last finder of `sys.meta_path`: says clearly that a module is not available.
    #[pyattr]
    #[pyclass(module = "_environment", name = "Absent")]
    #[derive(Debug, PyPayload)]
    struct Absent;

    #[pyclass]
    impl Absent {
        #[pystaticmethod]
        fn find_spec(
            name: PyStrRef,
            _path: OptionalArg,
            _target: OptionalArg,
            vm: &VirtualMachine,
        ) -> PyResult {
            if !lines::importer_is_program() {
                return Ok(vm.ctx.none());
            }
            let text = name.as_wtf8().to_string_lossy();
            let top = text.split('.').next().unwrap_or_default();
            let standard = vm.sys_module.get_attr("stdlib_module_names", vm)?;
            let top: PyObjectRef = vm.ctx.new_str(top).into();
            if vm
                .call_method(&standard, "__contains__", (top,))?
                .is(&vm.ctx.true_value)
            {
                let message = format!("the module '{text}' is not simulated");
                super::note_unsupported(&message);
                let class = vm.ctx.exceptions.module_not_found_error;
                let error = vm.invoke_exception(class, vec![vm.ctx.new_str(message).into()])?;
                error.as_object().set_attr("name", name, vm)?;
                return Err(error);
            }
            super::note_unsupported(&format!(
                "there is no module '{text}': a program can import the standard library and what is simulated beside it (aiofiles, aiohttp, aiomysql, bs4, faker, pyquery, requests)"
            ));
            Ok(vm.ctx.none())
        }
    }
}

pub(super) fn note_unsupported(message: &str) {
    if let Some(run) = context::current() {
        run.tell(Diagnosis::Unsupported, message);
    }
}
