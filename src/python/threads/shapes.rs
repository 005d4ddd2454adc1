//! What a piece of a program looks like, for [`super::rewrite`].

use rustpython_vm::compiler::ast::visitor::{self, Visitor};
use rustpython_vm::compiler::ast::{self, Expr, Stmt};

/// `super()` looks for its class and object in the frame that calls it.
pub(super) fn is_super(call: &ast::ExprCall) -> bool {
    is_name(&call.func, "super") && call.arguments.args.is_empty()
}

fn is_name(expr: &Expr, name: &str) -> bool {
    matches!(expr, Expr::Name(found) if found.id.as_str() == name)
}

/// Iterating over it calls no code that could block, so it may stay a plain and fast loop.
pub(super) fn is_plainly_iterable(iterable: &Expr) -> bool {
    match iterable {
        Expr::List(_)
        | Expr::Tuple(_)
        | Expr::Dict(_)
        | Expr::Set(_)
        | Expr::ListComp(_)
        | Expr::SetComp(_)
        | Expr::DictComp(_)
        | Expr::StringLiteral(_) => true,
        Expr::Call(call) => is_plainly_iterable_call(call),
        Expr::Await(wait) => matches!(&*wait.value, Expr::Call(call) if is_wrapped_plainly(call)),
        _ => false,
    }
}

/// `range(...)`, unless the name means something else, which would only make it block louder.
pub(super) fn is_plainly_iterable_call(call: &ast::ExprCall) -> bool {
    is_name(&call.func, "range")
}

/// Builtins that iterate over their arguments to the end before they return.
pub(super) const CONSUMERS: [&str; 11] = [
    "list",
    "tuple",
    "set",
    "frozenset",
    "dict",
    "sum",
    "any",
    "all",
    "min",
    "max",
    "sorted",
];
/// Methods of builtins that do.
pub(super) const CONSUMING_METHODS: [&str; 3] = ["join", "extend", "update"];
/// Builtins that iterate over their arguments while something iterates over them.
pub(super) const LAZY: [&str; 4] = ["map", "filter", "zip", "enumerate"];

/// Whether what is called iterates over its arguments. If it is something else of that name, it is
/// given asynchronous iterators, and functions of the program take them in their loops.
pub(super) fn takes_iterables(call: &ast::ExprCall, functions: &[&str], methods: &[&str]) -> bool {
    match &*call.func {
        Expr::Name(name) => functions.contains(&name.id.as_str()),
        Expr::Attribute(attribute) => methods.contains(&attribute.attr.as_str()),
        _ => false,
    }
}

fn is_wrapped_plainly(call: &ast::ExprCall) -> bool {
    call.arguments
        .args
        .first()
        .is_some_and(|function| is_name(function, "range"))
}

/// Whether the body of a function can become that of a coroutine or of an asynchronous generator.
pub(super) fn can_be_suspended(body: &[Stmt]) -> bool {
    let mut kind = Kind::default();
    kind.visit_body(body);
    !(kind.obstacle || kind.yields && kind.returns_value)
}

/// Whether a lambda can become a generator that gives its value.
pub(super) fn can_yield(body: &Expr) -> bool {
    let mut kind = Kind::default();
    kind.visit_expr(body);
    !(kind.obstacle || kind.yields)
}

/// What stands in the body of a function, inner scopes left out.
#[derive(Default)]
struct Kind {
    yields: bool,
    returns_value: bool,
    obstacle: bool,
}

impl<'a> Visitor<'a> for Kind {
    fn visit_annotation(&mut self, _: &'a Expr) {}

    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) | Stmt::TypeAlias(_) => {}
            Stmt::Return(result) => {
                self.returns_value |= result.value.is_some();
                visitor::walk_stmt(self, stmt);
            }
            Stmt::Try(attempt) => {
                // Catching it is harmless.
                self.visit_body(&attempt.body);
                for handler in &attempt.handlers {
                    let ast::ExceptHandler::ExceptHandler(handler) = handler;
                    self.visit_body(&handler.body);
                }
                self.visit_body(&attempt.orelse);
                self.visit_body(&attempt.finalbody);
            }
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Lambda(_) | Expr::Generator(_) => return,
            Expr::Yield(_) => self.yields = true,
            Expr::YieldFrom(_) => self.obstacle = true,
            Expr::Name(name) => self.obstacle |= name.id.as_str() == "StopIteration",
            _ => {}
        }
        visitor::walk_expr(self, expr);
    }
}
