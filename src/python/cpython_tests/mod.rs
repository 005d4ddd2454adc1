//! `CPython`'s own tests of `asyncio`, run as programs.
//!
//! A test module is the program of a run, so that it sees our `asyncio` as every
//! program does. What tests need besides (`unittest`, `mock`) is read from a
//! library directory behind our frozen modules; few modules that cannot work
//! here have replacements beside this file. The harness, in Python too, takes
//! the place of `unittest.main()` and reports every test to the [`Plan`], which
//! outlives the run: a test that ends the whole run has then failed, and the
//! next run goes on behind it.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustpython_vm::builtins::PyModuleDef;
use rustpython_vm::compiler::Mode;
use rustpython_vm::{Context, PyResult, VirtualMachine};

/// Steps of tasks that one test may make.
const STEPS_OF_A_TEST: u32 = 100_000;

/// Deep enough for a test runner with mocks around what a program may do. Only the page has a small stack.
pub(super) const RECURSION_LIMIT: usize = 1000;

const HARNESS: &str = "_cpython_tests_harness";

/// Modules in place of those in the library: name, source, whether it is a package.
const REPLACEMENTS: [(&str, &str, bool); 9] = [
    (HARNESS, include_str!("harness.py"), false),
    ("unittest.main", include_str!("unittest_main.py"), false),
    ("pkgutil", include_str!("pkgutil.py"), false),
    ("test", "", true),
    ("test.support", include_str!("support.py"), true),
    (
        "test.support.script_helper",
        include_str!("script_helper.py"),
        false,
    ),
    (
        "test.support.threading_helper",
        include_str!("threading_helper.py"),
        false,
    ),
    ("test.test_asyncio", "", true),
    ("test.test_asyncio.utils", include_str!("utils.py"), false),
];

/// How a test went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It succeeded.
    Passed,
    /// It failed, with the text of its traceback.
    Failed(String),
    /// It was left out, and why.
    Skipped(String),
}

/// A test of a module that is left out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// `Class.test`; either may be `*`.
    pub pattern: String,
    /// Why the test does not apply here.
    pub reason: String,
}

impl Exclusion {
    /// Whether this test is meant.
    pub fn covers(&self, test: &str) -> bool {
        let parts = |name: &str| {
            let (class, test) = name.split_once('.').unwrap_or((name, ""));
            (class.to_owned(), test.to_owned())
        };
        let (class, method) = parts(&self.pattern);
        let (tested_class, tested_method) = parts(test);
        (class == "*" || class == tested_class) && (method == "*" || method == tested_method)
    }
}

/// What is to be run, and what is known so far.
#[derive(Debug, Default)]
pub struct Plan {
    /// Where the standard library is.
    pub library: PathBuf,
    /// Which tests do not apply.
    pub exclusions: Vec<Exclusion>,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    verdicts: Vec<(String, Verdict)>,
    running: Option<String>,
}

impl Plan {
    /// A plan for a module, of which nothing was run yet.
    pub fn new(library: PathBuf, exclusions: Vec<Exclusion>) -> Self {
        Self {
            library,
            exclusions,
            known: Mutex::default(),
        }
    }

    /// A run that dies in the middle leaves nothing half done here.
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn decide(&self, test: String, verdict: Verdict) {
        let mut known = self.known();
        known.running = None;
        known.verdicts.push((test, verdict));
    }

    /// The run has ended. The test that was under way, if any, has failed for this reason, and there
    /// may be others behind it.
    pub fn ended(&self, reason: &str) -> bool {
        let running = self.known().running.take();
        let Some(test) = running else { return false };
        self.decide(test, Verdict::Failed(reason.to_owned()));
        true
    }

    /// All verdicts, in the order of the tests.
    pub fn verdicts(&self) -> Vec<(String, Verdict)> {
        self.known().verdicts.clone()
    }
}

thread_local! {
    static PLAN: RefCell<Option<Arc<Plan>>> = const { RefCell::new(None) };
}

/// The definition of the native module that the harness talks to.
pub(super) fn module_def(ctx: &Context) -> &'static PyModuleDef {
    _cpython_tests::module_def(ctx)
}

/// Prepares the interpreter of this thread for a test module.
///
/// # Errors
/// When the harness does not fit the interpreter.
pub(super) fn install(plan: Arc<Plan>, vm: &VirtualMachine) -> PyResult<()> {
    PLAN.set(Some(plan));
    vm.recursion_limit.set(RECURSION_LIMIT);
    let source = REPLACEMENTS[0].1;
    let code = vm
        .compile(source, Mode::Exec, HARNESS)
        .map_err(|error| error.into_pyexception(vm, Some(source)))?;
    let scope = vm.new_scope_with_builtins();
    let globals = scope.globals.clone();
    vm.run_code_obj(code, scope)?;
    globals.get_item("install", vm)?.call((), vm).map(drop)
}

#[rustpython_vm::pymodule]
mod _cpython_tests {
    use super::super::context;
    use super::{PLAN, Plan, REPLACEMENTS, STEPS_OF_A_TEST, Verdict};
    use rustpython_vm::{AsObject, PyObjectRef, PyResult, VirtualMachine};
    use std::fs;

    fn with_plan<R>(ask: impl FnOnce(&Plan) -> R) -> R {
        PLAN.with_borrow(|plan| match plan {
            Some(plan) => ask(plan),
            None => unreachable!("the module exists only where there is a plan"),
        })
    }

    /// Source, file and whether it is a package, of a module that replaces the library's.
    #[pyfunction]
    fn replacement(name: String, _vm: &VirtualMachine) -> Option<(String, String, bool)> {
        let (name, source, package) = REPLACEMENTS.iter().find(|(known, ..)| *known == name)?;
        Some(((*source).to_owned(), format!("<{name}>"), *package))
    }

    /// The same, of a module in the library directory.
    #[pyfunction]
    fn library(name: String, _vm: &VirtualMachine) -> Option<(String, String, bool)> {
        let library = with_plan(|plan| plan.library.clone());
        let relative = name.replace('.', "/");
        [
            (format!("{relative}.py"), false),
            (format!("{relative}/__init__.py"), true),
        ]
        .into_iter()
        .find_map(|(file, package)| {
            let source = fs::read_to_string(library.join(&file)).ok()?;
            Some((source, file, package))
        })
    }

    #[pyfunction]
    fn address(object: PyObjectRef, _vm: &VirtualMachine) -> usize {
        object.get_id()
    }

    #[pyfunction]
    fn is_decided(test: String, _vm: &VirtualMachine) -> bool {
        with_plan(|plan| plan.known().verdicts.iter().any(|(known, _)| *known == test))
    }

    #[pyfunction]
    fn excluded(test: String, _vm: &VirtualMachine) -> Option<String> {
        with_plan(|plan| {
            let exclusion = plan.exclusions.iter().find(|exclusion| exclusion.covers(&test))?;
            Some(exclusion.reason.clone())
        })
    }

    /// A test begins, at time zero and with a budget of its own.
    #[pyfunction]
    fn begin(test: String, vm: &VirtualMachine) -> PyResult<()> {
        let Some(run) = context::current() else {
            return Ok(());
        };
        if run.is_stopped() {
            // The only exception that no test runner holds up.
            let class = vm.ctx.exceptions.keyboard_interrupt.to_owned();
            return Err(vm.new_exception_empty(class));
        }
        run.world.limit_steps(STEPS_OF_A_TEST);
        run.world.restart();
        with_plan(|plan| plan.known().running = Some(test));
        Ok(())
    }

    /// It is time zero again: a test has made another loop, whose time is its own in `CPython`.
    #[pyfunction]
    fn restart_clock(_vm: &VirtualMachine) {
        if let Some(run) = context::current() {
            run.world.restart();
        }
    }

    #[pyfunction]
    fn passed(test: String, _vm: &VirtualMachine) {
        decide(test, Verdict::Passed);
    }

    #[pyfunction]
    fn failed(test: String, traceback: String, _vm: &VirtualMachine) {
        decide(test, Verdict::Failed(traceback));
    }

    #[pyfunction]
    fn skipped(test: String, reason: String, _vm: &VirtualMachine) {
        decide(test, Verdict::Skipped(reason));
    }

    /// What the harness thinks of a test that is being ended with its run does not count.
    fn decide(test: String, verdict: Verdict) {
        if context::current().is_some_and(|run| !run.is_stopped()) {
            with_plan(|plan| plan.decide(test, verdict));
        }
    }
}
