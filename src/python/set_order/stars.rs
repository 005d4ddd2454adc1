//! Where the interpreter looks into a set without asking it for an iterator.
//!
//! `*items` in a call or a display, `a, *b = items`, `tuple(items)` and `dict.fromkeys(items)` read
//! a set's elements in the order of insertion, and nothing of the interpreter can be replaced there. So
//! the program is compiled with a call around such an `items`: it hands on whatever it gets, and
//! for a set a tuple of its elements. Literals of three or more constants get a call as well:
//! `CPython` makes them in another way than other sets.

use crate::python::findings::Findings;
use crate::python::syntax;
use std::cell::Cell;

use ruff_source_file::SourceFileBuilder;
use ruff_text_size::Ranged;
use rustpython_vm::builtins::PyCode;
use rustpython_vm::compiler::ast::name::Name;
use rustpython_vm::compiler::ast::visitor::transformer::{self, Transformer};
use rustpython_vm::compiler::ast::{self, Expr, ExprContext, Mod, Stmt};
use rustpython_vm::compiler::{Mode, codegen, parser};
use rustpython_vm::{PyRef, PyResult, VirtualMachine};

/// Names that no program can write.
pub(super) const ORDERED: &str = "<elements in order>";
pub(super) const LITERAL: &str = "<set of constants>";
pub(super) const CONSTANT: &str = "<constants in order>";
/// `CPython` makes sets of fewer constants one element at a time.
const FEW: usize = 3;

/// Compiles a program; its errors and warnings are those of the source as it stands.
pub(in crate::python) fn compile(
    source: &str,
    file: &str,
    findings: &Findings,
    vm: &VirtualMachine,
) -> PyResult<PyRef<PyCode>> {
    let parsed = parser::parse(source, parser::ParseOptions::from(parser::Mode::Module));
    let mut program = parsed.ok().map(parser::Parsed::into_syntax);
    let is_needed = match &mut program {
        Some(Mod::Module(module)) => put_calls_around(module, source, vm),
        _ => false,
    };
    let code = syntax::compile(source, file, vm)?;
    let Some(program) = program.filter(|_| is_needed || findings.has_coroutines()) else {
        return Ok(code);
    };
    let file = SourceFileBuilder::new(file, source).finish();
    let compiled = codegen::compile::compile_top(program, file, Mode::Exec, vm.compile_opts());
    Ok(compiled.map_or(code, |mut code| {
        findings.mark_coroutines(&mut code);
        PyCode::new_ref_from_bytecode(vm, code)
    }))
}

/// Puts the calls into a module; tells whether there was need of any.
pub(in crate::python) fn put_calls_around(
    module: &mut ast::ModModule,
    source: &str,
    vm: &VirtualMachine,
) -> bool {
    let around = Around {
        is_needed: Cell::new(false),
        source,
        vm,
    };
    for statement in &mut module.body {
        around.visit_stmt(statement);
    }
    around.is_needed.get()
}

/// Whether a text is a name in the program.
fn is_word_of(source: &str, text: &str) -> bool {
    let is_part = |c: char| c == '_' || c.is_alphanumeric();
    source.match_indices(text).any(|(start, _)| {
        let (before, after) = (&source[..start], &source[start + text.len()..]);
        !before.ends_with(|c| is_part(c) || c == '"' || c == '\'') && !after.starts_with(is_part)
    })
}

struct Around<'a> {
    is_needed: Cell<bool>,
    source: &'a str,
    vm: &'a VirtualMachine,
}

impl Around<'_> {
    fn wrap(&self, function: &str, expression: &mut Expr) {
        self.is_needed.set(true);
        let mut arguments = Vec::new();
        if function == LITERAL
            && let Expr::Set(set) = expression
        {
            let again = set.elts.iter().any(|element| self.has_known(element));
            arguments.push(Expr::BooleanLiteral(ast::ExprBooleanLiteral {
                node_index: ast::AtomicNodeIndex::NONE,
                range: expression.range(),
                value: again,
            }));
        }
        let hole = Expr::Name(name(function, expression));
        arguments.insert(0, std::mem::replace(expression, hole));
        *expression = call(function, arguments, expression);
    }

    /// Whether a constant is or holds a text that is somebody's name already. Those of a single
    /// character are all the same object anyway.
    fn has_known(&self, constant: &Expr) -> bool {
        match constant {
            Expr::StringLiteral(literal) => {
                let text = literal.value.to_str();
                text.len() > 1
                    && text.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
                    && (self.vm.ctx.interned_str(text).is_some() || is_word_of(self.source, text))
            }
            Expr::Tuple(tuple) => tuple.elts.iter().any(|element| self.has_known(element)),
            _ => false,
        }
    }
}

impl Transformer for Around<'_> {
    fn visit_expr(&self, expression: &mut Expr) {
        transformer::walk_expr(self, expression);
        match expression {
            Expr::Starred(starred) if starred.ctx == ExprContext::Load => {
                self.wrap(ORDERED, &mut starred.value);
            }
            Expr::Call(call) if takes_elements(&call.func) => {
                if let Some(first) = call.arguments.args.first_mut()
                    && !first.is_starred_expr()
                {
                    self.wrap(ORDERED, first);
                }
            }
            Expr::Set(set) if set.elts.len() >= FEW && set.elts.iter().all(is_constant) => {
                self.wrap(LITERAL, expression);
            }
            Expr::Compare(compare) => {
                for operand in &mut compare.comparators {
                    if let Some(set) = of_literal(operand) {
                        *operand = set.clone();
                    }
                }
            }
            _ => {}
        }
    }

    fn visit_stmt(&self, statement: &mut Stmt) {
        transformer::walk_stmt(self, statement);
        match statement {
            Stmt::For(loop_) => loop_over(&mut loop_.iter),
            Stmt::Assign(assign) if matches!(assign.targets.as_slice(), [target] if has_star(target)) => {
                self.wrap(ORDERED, &mut assign.value);
            }
            _ => {}
        }
    }

    fn visit_comprehension(&self, comprehension: &mut ast::Comprehension) {
        transformer::walk_comprehension(self, comprehension);
        loop_over(&mut comprehension.iter);
    }
}

fn has_star(target: &Expr) -> bool {
    let targets = match target {
        Expr::Tuple(tuple) => &tuple.elts,
        Expr::List(list) => &list.elts,
        _ => return false,
    };
    targets.iter().any(Expr::is_starred_expr)
}

fn takes_elements(function: &Expr) -> bool {
    match function {
        Expr::Name(name) => name.id.as_str() == "tuple",
        Expr::Attribute(attribute) => attribute.attr.as_str() == "fromkeys",
        _ => false,
    }
}

/// The set inside a wrapped literal.
fn of_literal(expression: &Expr) -> Option<&Expr> {
    match expression {
        Expr::Call(call) if matches!(&*call.func, Expr::Name(name) if name.id.as_str() == LITERAL) => {
            call.arguments.args.first()
        }
        _ => None,
    }
}

/// A literal that is looped over is a constant, not a set.
fn loop_over(expression: &mut Expr) {
    if of_literal(expression).is_some()
        && let Expr::Call(call) = expression
        && let Expr::Name(function) = &mut *call.func
    {
        function.id = Name::new(CONSTANT);
    }
}

fn is_constant(expression: &Expr) -> bool {
    match expression {
        Expr::StringLiteral(_)
        | Expr::BytesLiteral(_)
        | Expr::NumberLiteral(_)
        | Expr::BooleanLiteral(_)
        | Expr::NoneLiteral(_)
        | Expr::EllipsisLiteral(_) => true,
        Expr::UnaryOp(unary) => is_constant(&unary.operand),
        Expr::BinOp(binary) => is_constant(&binary.left) && is_constant(&binary.right),
        Expr::Tuple(tuple) => tuple.elts.iter().all(is_constant),
        _ => false,
    }
}

fn name(id: &str, place: &Expr) -> ast::ExprName {
    ast::ExprName {
        node_index: ast::AtomicNodeIndex::NONE,
        range: place.range(),
        id: Name::new(id),
        ctx: ExprContext::Load,
    }
}

fn call(function: &str, arguments: Vec<Expr>, place: &Expr) -> Expr {
    let range = place.range();
    Expr::Call(ast::ExprCall {
        node_index: ast::AtomicNodeIndex::NONE,
        range_start: range.start(),
        func: Box::new(Expr::Name(name(function, place))),
        arguments: ast::Arguments {
            range,
            node_index: ast::AtomicNodeIndex::NONE,
            args: arguments.into_boxed_slice(),
            keywords: Vec::new().into(),
            runtime_args: None,
            runtime_bases: None,
        },
    })
}
