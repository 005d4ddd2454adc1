//! The twin of a function, found by the function's code.

use std::borrow::Borrow;
use std::cell::RefCell;

use ruff_source_file::SourceFileBuilder;
use rustc_hash::FxHashMap;
use rustpython_vm::builtins::{PyCode, PyStr};
use rustpython_vm::bytecode::CodeFlags;
use rustpython_vm::compiler::{Mode, ast, codegen, parser};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyRef, VirtualMachine};

use super::{awaitables, helpers, rewrite};
use crate::python::set_order;

/// What a twin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Calling it gives a coroutine.
    Coroutine,
    /// The twin of a lambda: calling it gives a generator.
    Generator,
    /// The twin of a generator: calling it gives an asynchronous generator.
    Iterator,
}

/// The code of a twin.
#[derive(Clone, Debug)]
pub(super) struct Twin {
    pub(super) code: PyRef<PyCode>,
    pub(super) kind: Kind,
    /// Keeps the address from being used by other code.
    _original: PyRef<PyCode>,
}

thread_local! {
    /// By address of the function's own code.
    static TWINS: RefCell<FxHashMap<usize, Twin>> = RefCell::default();
}

/// Words without which no program starts a thread.
const WORDS: [&str; 3] = ["thread", "xecutor", "concurrent"];

/// Makes the twins of a program that speaks of threads, before it starts.
pub(in crate::python) fn prepare(program: &Py<PyCode>, source: &str, path: &str, vm: &VirtualMachine) {
    awaitables::make_types();
    let speaks_of_threads = {
        let source = source.to_lowercase();
        WORDS.iter().any(|word| source.contains(word))
    };
    if !speaks_of_threads {
        return;
    }
    // The program itself was compiled already: there is no mistake in it to be reported here.
    let Ok(parsed) = parser::parse_module(source) else {
        return;
    };
    let mut module = parsed.into_syntax();
    set_order::put_calls_around(&mut module, source, vm);
    rewrite::rewrite(&mut module);
    let file = SourceFileBuilder::new(path, source).finish();
    let compiled =
        codegen::compile::compile_top(ast::Mod::Module(module), file, Mode::Exec, vm.compile_opts());
    let Ok(compiled) = compiled else {
        debug_assert!(false, "a program that compiles has twins: {:?}", compiled.err());
        return;
    };
    // Sets of constants need the interpreter.
    let twin = PyCode::new_ref_from_bytecode(vm, compiled);
    let helpers = helpers::constants(vm);
    TWINS.with_borrow_mut(|twins| pair(program, &twin, &helpers, twins, vm));
}

/// The codes of all twins, in no particular order.
pub(in crate::python) fn codes() -> Vec<PyRef<PyCode>> {
    TWINS.with_borrow(|twins| twins.values().map(|twin| twin.code.clone()).collect())
}

/// The twin of a function with this code.
pub(super) fn twin_of(code: &Py<PyCode>) -> Option<Twin> {
    TWINS.with_borrow(|twins| twins.get(&code.as_object().get_id()).cloned())
}

pub(super) fn reset() {
    drop(TWINS.take());
}

type Helpers = [(&'static str, PyObjectRef)];

/// Pairs the functions inside two codes, which stand in the same order in both.
fn pair(
    original: &Py<PyCode>,
    twin: &Py<PyCode>,
    helpers: &Helpers,
    twins: &mut FxHashMap<usize, Twin>,
    vm: &VirtualMachine,
) {
    let (originals, inner) = (inner_codes(original), inner_codes(twin));
    let match_up = originals.len() == inner.len()
        && originals.iter().zip(&inner).all(|(one, other)| {
            one.obj_name.as_str() == other.obj_name.as_str()
                && one.first_line_number == other.first_line_number
        });
    debug_assert!(
        match_up,
        "{} and its twin hold other functions",
        original.obj_name
    );
    if !match_up {
        return;
    }
    for (original, twin) in originals.iter().zip(&inner) {
        pair(original, twin, helpers, twins, vm);
        let same_closure = original
            .freevars
            .iter()
            .map(|name| name.as_str())
            .eq(twin.freevars.iter().map(|name| name.as_str()));
        debug_assert!(
            same_closure,
            "{} and its twin close over other names",
            original.obj_name
        );
        if let Some(kind) = kind_of(original.flags, twin.flags)
            && same_closure
        {
            let code = adapted(original, twin, helpers, vm);
            twins.insert(
                original.as_object().get_id(),
                Twin {
                    code,
                    kind,
                    _original: original.clone(),
                },
            );
        }
    }
}

fn kind_of(original: CodeFlags, twin: CodeFlags) -> Option<Kind> {
    if original.intersects(CodeFlags::COROUTINE | CodeFlags::ASYNC_GENERATOR) {
        return None;
    }
    if original.contains(CodeFlags::GENERATOR) {
        return twin
            .contains(CodeFlags::ASYNC_GENERATOR)
            .then_some(Kind::Iterator);
    }
    if twin.contains(CodeFlags::COROUTINE) {
        Some(Kind::Coroutine)
    } else {
        twin.contains(CodeFlags::GENERATOR).then_some(Kind::Generator)
    }
}

/// The twin's code with the native helpers in place of their names. Functions that it makes are
/// the program's own: they may be called from anywhere.
fn adapted(
    original: &Py<PyCode>,
    twin: &Py<PyCode>,
    helpers: &Helpers,
    vm: &VirtualMachine,
) -> PyRef<PyCode> {
    let mut code = twin.code.clone();
    let mut originals = inner_codes(original).into_iter();
    for constant in code.constants.iter_mut() {
        let object: &PyObject = (*constant).borrow();
        let replaced: Option<PyObjectRef> = if object.downcast_ref::<PyCode>().is_some() {
            originals.next().map(Into::into)
        } else {
            let text = object.downcast_ref::<PyStr>().and_then(|text| text.to_str());
            let helper = text.and_then(|text| helpers.iter().find(|(name, _)| *name == text));
            helper.map(|(_, helper)| helper.clone())
        };
        if let Some(replaced) = replaced {
            *constant = replaced.into();
        }
    }
    vm.ctx.new_code(code)
}

fn inner_codes(code: &Py<PyCode>) -> Vec<PyRef<PyCode>> {
    let constants = code.constants.iter().map(|constant| {
        let constant: &PyObject = constant.borrow();
        constant
    });
    constants
        .filter_map(|constant| constant.downcast_ref::<PyCode>())
        .map(ToOwned::to_owned)
        .collect()
}
