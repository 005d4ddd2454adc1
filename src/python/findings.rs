//! What the text of a program tells before it runs.
//!
//! Two things are looked for in the syntax tree. Names and arguments that are
//! gone from `asyncio` are told to the reader, so that a program from an older
//! time is recognised whether or not it gets as far as to use them. Generators
//! that a decorator turns into coroutines are compiled as such: the decorator
//! would replace their code, and code that is made later is not watched.

use std::collections::BTreeMap;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Decorator, Expr, Stmt, StmtFunctionDef};
use ruff_python_parser::parse_module;
use ruff_source_file::{LineIndex, OneIndexed};
use ruff_text_size::{Ranged, TextSize};

use rustpython_vm::bytecode::{CodeFlags, CodeObject, ConstantData};

use crate::trace::Line;
use crate::trace::level::{ALL_TASKS, COROUTINE, CURRENT_TASK, LOCK_IN_WITH, LOOP_ARGUMENT};

/// Everything in `asyncio` that took `loop=` and takes it no more.
const TOOK_LOOP: [&str; 15] = [
    "as_completed",
    "gather",
    "open_connection",
    "shield",
    "sleep",
    "start_server",
    "wait",
    "wait_for",
    "BoundedSemaphore",
    "Condition",
    "Event",
    "Lock",
    "LifoQueue",
    "PriorityQueue",
    "Queue",
];
const SEMAPHORE: &str = "Semaphore";
/// What `with await …` waited for.
const LOCKS: [&str; 4] = ["BoundedSemaphore", "Condition", "Lock", SEMAPHORE];

/// A use of something that is gone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use {
    pub(super) line: Line,
    /// From 1.
    pub(super) column: u32,
    pub(super) name: &'static str,
}

/// What was found in a program.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// In the order of the text.
    pub(super) gone: Vec<Use>,
    /// Functions with a decorator that makes coroutines of generators: name, and the lines on
    /// which their code may be said to begin.
    coroutines: Vec<(String, Line, Line)>,
}

impl Findings {
    /// Reads a program; nothing is found in one that is no Python.
    pub(super) fn of(source: &str) -> Self {
        let Ok(parsed) = parse_module(source) else {
            return Self::default();
        };
        let mut seen = Seen::default();
        seen.visit_body(&parsed.syntax().body);
        let lines = LineIndex::from_source_text(source);
        let place = |offset: TextSize| {
            let place = lines.line_column(offset, source);
            let number = |number: usize| u32::try_from(number).unwrap_or(0);
            (number(place.line.get()), number(place.column.get()))
        };
        let mut gone: Vec<Use> = seen
            .gone()
            .map(|(name, offset)| {
                let (line, column) = place(offset);
                Use { line, column, name }
            })
            .collect();
        gone.sort();
        let decorated = seen.decorated.iter().filter(|(decorator, ..)| {
            let decorator = seen.full(decorator);
            decorator == "types.coroutine" || gone_name(&decorator) == Some(COROUTINE)
        });
        let coroutines = decorated
            .map(|(_, name, first, def)| (name.clone(), place(*first).0, place(*def).0))
            .collect();
        Self { gone, coroutines }
    }

    /// Whether there are generators to be compiled as coroutines.
    pub(super) const fn has_coroutines(&self) -> bool {
        !self.coroutines.is_empty()
    }

    /// Marks the generators of the program that are coroutines.
    pub(super) fn mark_coroutines(&self, code: &mut CodeObject) {
        let line = code.first_line_number.map_or(0, OneIndexed::get);
        let is_this = |(name, first, def): &(String, Line, Line)| {
            *name == code.obj_name && [*first, *def].iter().any(|at| *at as usize == line)
        };
        if code.flags.contains(CodeFlags::GENERATOR) && self.coroutines.iter().any(is_this) {
            code.flags |= CodeFlags::ITERABLE_COROUTINE;
        }
        for constant in code.constants.iter_mut() {
            if let ConstantData::Code { code } = constant {
                self.mark_coroutines(code);
            }
        }
    }
}

/// What of `asyncio` is gone under this full name.
fn gone_name(full: &str) -> Option<&'static str> {
    match full {
        "asyncio.coroutine" | "asyncio.coroutines.coroutine" => Some(COROUTINE),
        "asyncio.Task.all_tasks" | "asyncio.tasks.Task.all_tasks" => Some(ALL_TASKS),
        "asyncio.Task.current_task" | "asyncio.tasks.Task.current_task" => Some(CURRENT_TASK),
        _ => None,
    }
}

/// The last part of the full name of something in `asyncio`, or of its modules.
fn of_asyncio(full: &str) -> Option<&str> {
    let (modules, name) = full.rsplit_once('.')?;
    matches!(
        modules,
        "asyncio" | "asyncio.locks" | "asyncio.queues" | "asyncio.streams" | "asyncio.tasks"
    )
    .then_some(name)
}

/// Everything that may matter, by the names that the program uses.
#[derive(Default)]
struct Seen {
    /// Full names by the names that imports bind.
    imports: BTreeMap<String, String>,
    /// Dotted names, and names that are imported from a module.
    names: Vec<(String, TextSize)>,
    /// Functions that are called with `loop=`.
    loops: Vec<(String, TextSize)>,
    /// `with await name`, `with (yield from name)`.
    locked: Vec<TextSize>,
    /// Decorator, function, where the decorators and where the function begins.
    decorated: Vec<(String, String, TextSize, TextSize)>,
}

impl Seen {
    /// The full name of what a dotted name means.
    fn full(&self, name: &str) -> String {
        let (head, rest) = name.split_once('.').unwrap_or((name, ""));
        let head = self.imports.get(head).map_or(head, String::as_str);
        if rest.is_empty() {
            head.to_owned()
        } else {
            format!("{head}.{rest}")
        }
    }

    fn gone(&self) -> impl Iterator<Item = (&'static str, TextSize)> {
        let names = self.names.iter();
        let names = names.filter_map(|(name, at)| Some((gone_name(&self.full(name))?, *at)));
        let took = |name: &str| TOOK_LOOP.contains(&name) || name == SEMAPHORE;
        let loops = self.loops.iter();
        let loops = loops.filter(move |(name, _)| of_asyncio(&self.full(name)).is_some_and(took));
        let loops = loops.map(|(_, at)| (LOOP_ARGUMENT, *at));
        let is_lock = |(name, _): &(String, TextSize)| {
            of_asyncio(&self.full(name)).is_some_and(|name| LOCKS.contains(&name))
        };
        let has_locks = self.names.iter().any(is_lock);
        let locked = self.locked.iter().filter(move |_| has_locks);
        let locked = locked.map(|at| (LOCK_IN_WITH, *at));
        names.chain(loops).chain(locked)
    }

    fn import(&mut self, bound: &str, full: String, at: TextSize) {
        self.imports.insert(bound.to_owned(), full);
        self.names.push((bound.to_owned(), at));
    }

    fn function(&mut self, function: &StmtFunctionDef) {
        let first = function
            .decorator_list
            .first()
            .map_or(function.start(), Ranged::start);
        let decorators = function.decorator_list.iter();
        for name in decorators.filter_map(|Decorator { expression, .. }| dotted(expression)) {
            let def = function.name.start();
            self.decorated.push((name, function.name.to_string(), first, def));
        }
    }
}

impl Visitor<'_> for Seen {
    fn visit_stmt(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Import(import) => {
                for alias in &import.names {
                    let (full, at) = (alias.name.as_str(), alias.start());
                    let top = full.split('.').next().unwrap_or(full);
                    match &alias.asname {
                        Some(bound) => self.import(bound.as_str(), full.to_owned(), at),
                        None => self.import(top, top.to_owned(), at),
                    }
                }
            }
            Stmt::ImportFrom(import) => {
                let module = import.module.as_ref().map_or("", |module| module.as_str());
                for alias in import.names.iter().filter(|_| import.level == 0) {
                    let bound = alias.asname.as_ref().unwrap_or(&alias.name);
                    let full = format!("{module}.{}", alias.name.as_str());
                    self.import(bound.as_str(), full, alias.start());
                }
            }
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::With(with) if !with.is_async => {
                for item in &with.items {
                    let waited = match &item.context_expr {
                        Expr::Await(wait) => dotted(&wait.value),
                        Expr::YieldFrom(wait) => dotted(&wait.value),
                        _ => None,
                    };
                    self.locked.extend(waited.map(|_| item.start()));
                }
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &Expr) {
        if let Expr::Call(call) = expression
            && let Some(name) = dotted(&call.func)
        {
            let is_loop = |word: &str| word == "loop";
            let words = call.arguments.keywords.iter();
            let given = words.filter(|word| word.arg.as_ref().is_some_and(|arg| is_loop(arg.as_str())));
            self.loops.extend(given.map(|word| (name.clone(), word.start())));
        }
        match dotted(expression) {
            Some(name) => self.names.push((name, expression.start())),
            None => walk_expr(self, expression),
        }
    }
}

/// The text of a name, or of attributes of one.
fn dotted(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Name(name) => Some(name.id.to_string()),
        Expr::Attribute(attribute) => {
            let value = dotted(&attribute.value)?;
            Some(format!("{value}.{}", attribute.attr.as_str()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<(Line, u32, &'static str)> {
        let uses = Findings::of(source).gone.into_iter();
        uses.map(|gone| (gone.line, gone.column, gone.name)).collect()
    }

    #[test]
    fn what_is_gone_is_found_by_whatever_name_it_has() {
        let source = "\
import asyncio as aio
from asyncio import sleep as nap, Task
@aio.coroutine
def f(loop):
    yield from nap(1, loop=loop)
    lock = aio.Lock()
    with (yield from lock):
        print(Task.all_tasks(), aio.Task.current_task())
";
        assert_eq!(
            found(source),
            [
                (3, 2, COROUTINE),
                (5, 23, LOOP_ARGUMENT),
                (7, 10, LOCK_IN_WITH),
                (8, 15, ALL_TASKS),
                (8, 33, CURRENT_TASK),
            ]
        );
    }

    #[test]
    fn what_an_import_asks_for_is_found_there() {
        assert_eq!(
            found("from asyncio import run, coroutine\n"),
            [(1, 26, COROUTINE)]
        );
    }

    #[test]
    fn other_things_of_these_names_are_not_meant() {
        let source = "\
import asyncio, pool
def coroutine(f): return f
@coroutine
def f():
    pool.gather(loop=1)
    asyncio.ensure_future(g(), loop=1)
    asyncio.Future(loop=1)
    with (yield from pool.connection):
        Task.all_tasks()
";
        assert_eq!(found(source), []);
    }
}
