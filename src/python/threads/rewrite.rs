//! From a program to its twin: the same functions, able to be suspended.
//!
//! The interpreter can suspend a coroutine, and nothing else. So the twin of a
//! function is an `async def` in which every place that may block awaits:
//!
//! | program | twin |
//! |---|---|
//! | `f(x)` | `await CALL(f, x)` |
//! | `with m:` | `async with WITH(m):` |
//! | `for x in i:`, also in comprehensions | `async for x in ITER(i):` |
//! | `def` with `yield` | an asynchronous generator |
//!
//! The names in capitals are constants that [`super::twins`] replaces by native
//! functions ([`super::helpers`]), so no name of the program can hide them.
//! Nodes keep their places in the source, and with them lines and tracebacks.
//!
//! What cannot await stays as it is: class bodies, coroutines (their loop
//! suspends them), most generator expressions, generators that delegate or
//! return, code that names `StopIteration`, which no coroutine may raise. A lambda
//! cannot be `async`; it becomes a generator that yields from what it calls.

use std::cell::Cell;

use ruff_text_size::{Ranged, TextRange};
use rustpython_vm::compiler::ast;
use rustpython_vm::compiler::ast::visitor::transformer::{Transformer, walk_expr, walk_stmt};
use rustpython_vm::compiler::ast::{Expr, Stmt};

use super::shapes::{
    CONSUMERS, CONSUMING_METHODS, LAZY, can_be_suspended, can_yield, is_plainly_iterable,
    is_plainly_iterable_call, is_super, takes_iterables,
};

/// What a twin calls in place of a function.
pub(super) const CALL: &str = "\0call";
/// What a twin wraps around a context manager.
pub(super) const WITH: &str = "\0with";
/// What a twin wraps around what it iterates over.
pub(super) const ITER: &str = "\0iter";
/// [`CALL`] in a lambda, whose result must be something to yield from.
pub(super) const CALL_IN_LAMBDA: &str = "\0call in lambda";
/// [`CALL`] where the result is iterated over at once.
pub(super) const CALL_TO_ITERATE: &str = "\0call to iterate";

/// Rewrites a module in place.
pub(super) fn rewrite(module: &mut ast::ModModule) {
    let rewriter = Rewriter {
        scope: Cell::new(Scope::Plain),
    };
    rewriter.visit_body(&mut module.body);
}

/// What the code that is being visited can do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// It stays as it is.
    Plain,
    /// It can await.
    Function,
    /// It can yield.
    Lambda,
}

struct Rewriter {
    scope: Cell<Scope>,
}

impl Rewriter {
    fn within(&self, scope: Scope, visit: impl FnOnce()) {
        let outside = self.scope.replace(scope);
        visit();
        self.scope.set(outside);
    }

    fn visit_parameters_outside(&self, parameters: &mut ast::Parameters) {
        // Annotations are scopes of their own.
        for parameter in parameters
            .posonlyargs
            .iter_mut()
            .chain(&mut parameters.args)
            .chain(&mut parameters.kwonlyargs)
        {
            if let Some(default) = &mut parameter.default {
                self.visit_expr(default);
            }
        }
    }

    fn visit_function(&self, function: &mut ast::StmtFunctionDef) {
        for decorator in &mut function.decorator_list {
            self.visit_decorator(decorator);
        }
        self.visit_parameters_outside(&mut function.parameters);
        let scope = if !function.is_async && can_be_suspended(&function.body) {
            function.is_async = true;
            Scope::Function
        } else {
            Scope::Plain
        };
        self.within(scope, || self.visit_body(&mut function.body));
    }

    fn visit_lambda(&self, lambda: &mut ast::ExprLambda) {
        if let Some(parameters) = &mut lambda.parameters {
            self.visit_parameters_outside(parameters);
        }
        let scope = if can_yield(&lambda.body) {
            Scope::Lambda
        } else {
            Scope::Plain
        };
        self.within(scope, || self.visit_expr(&mut lambda.body));
    }

    /// `element` are the parts that are evaluated for every item.
    fn visit_comprehension_of(&self, generators: &mut [ast::Comprehension], element: &mut [&mut Expr]) {
        let scope = self.scope.get();
        for (index, generator) in generators.iter_mut().enumerate() {
            let inside = if scope == Scope::Function || index == 0 {
                scope
            } else {
                Scope::Plain
            };
            self.within(inside, || self.visit_iterable(&mut generator.iter));
        }
        let inside = if scope == Scope::Function {
            scope
        } else {
            Scope::Plain
        };
        self.within(inside, || {
            for generator in generators.iter_mut() {
                self.visit_expr(&mut generator.target);
                for condition in &mut generator.ifs {
                    self.visit_expr(condition);
                }
                if inside == Scope::Function && !generator.is_async && !is_plainly_iterable(&generator.iter) {
                    generator.is_async = true;
                    wrap_in(&mut generator.iter, ITER);
                }
            }
            for part in element.iter_mut() {
                self.visit_expr(part);
            }
        });
    }

    /// Like `visit_expr`, but a call may give a suspendable iterator.
    fn visit_iterable(&self, iterable: &mut Expr) {
        if self.scope.get() == Scope::Function
            && let Expr::Call(call) = iterable
            && !is_plainly_iterable_call(call)
        {
            if takes_iterables(call, &LAZY, &[]) {
                self.visit_call_with_iterables(call);
            } else {
                self.visit_parts_of_call(call);
            }
            wrap(iterable, CALL_TO_ITERATE, Scope::Function);
        } else if self.scope.get() == Scope::Function && matches!(iterable, Expr::Generator(_)) {
            self.visit_generator(iterable, Scope::Function);
        } else {
            self.visit_expr(iterable);
        }
    }

    /// A call that iterates over its arguments at once, and over nothing else.
    fn visit_call_with_iterables(&self, call: &mut ast::ExprCall) {
        self.visit_expr(&mut call.func);
        for argument in &mut call.arguments.args {
            self.visit_iterable(argument);
        }
        for keyword in &mut call.arguments.keywords {
            self.visit_keyword(keyword);
        }
    }

    /// A generator expression, whose parts but the first iterable run in `inside`.
    fn visit_generator(&self, expr: &mut Expr, inside: Scope) {
        let Expr::Generator(generator) = expr else { return };
        if inside == Scope::Function {
            let mut element = [&mut *generator.elt];
            self.visit_comprehension_of(&mut generator.generators, &mut element);
            return;
        }
        let Some((first, rest)) = generator.generators.split_first_mut() else {
            return;
        };
        // Only the first iterable is evaluated here.
        self.visit_expr(&mut first.iter);
        self.within(inside, || {
            self.visit_expr(&mut first.target);
            for condition in &mut first.ifs {
                self.visit_expr(condition);
            }
            for comprehension in rest {
                self.visit_comprehension(comprehension);
            }
            self.visit_expr(&mut generator.elt);
        });
    }

    fn visit_parts_of_call(&self, call: &mut ast::ExprCall) {
        self.visit_expr(&mut call.func);
        self.visit_arguments(&mut call.arguments);
    }
}

impl Transformer for Rewriter {
    fn visit_annotation(&self, _: &mut Expr) {}

    fn visit_stmt(&self, stmt: &mut Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => self.visit_function(function),
            Stmt::ClassDef(class) => {
                for decorator in &mut class.decorator_list {
                    self.visit_decorator(decorator);
                }
                let arguments = class.arguments.as_deref_mut();
                if let Some(arguments) = arguments.filter(|_| class.type_params.is_none()) {
                    self.visit_arguments(arguments);
                }
                self.within(Scope::Plain, || self.visit_body(&mut class.body));
            }
            Stmt::TypeAlias(_) => {}
            Stmt::For(each) if self.scope.get() == Scope::Function && !each.is_async => {
                self.visit_iterable(&mut each.iter);
                if !is_plainly_iterable(&each.iter) {
                    each.is_async = true;
                    wrap_in(&mut each.iter, ITER);
                }
                self.visit_expr(&mut each.target);
                self.visit_body(&mut each.body);
                self.visit_body(&mut each.orelse);
            }
            Stmt::With(with) if self.scope.get() == Scope::Function && !with.is_async => {
                with.is_async = true;
                for item in &mut with.items {
                    self.visit_expr(&mut item.context_expr);
                    wrap_in(&mut item.context_expr, WITH);
                    if let Some(target) = &mut item.optional_vars {
                        self.visit_expr(target);
                    }
                }
                self.visit_body(&mut with.body);
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&self, expr: &mut Expr) {
        match expr {
            Expr::Lambda(lambda) => self.visit_lambda(lambda),
            Expr::Generator(_) => self.visit_generator(expr, Scope::Plain),
            Expr::ListComp(comp) => self.visit_comprehension_of(&mut comp.generators, &mut [&mut comp.elt]),
            Expr::SetComp(comp) => self.visit_comprehension_of(&mut comp.generators, &mut [&mut comp.elt]),
            Expr::DictComp(comp) => {
                let mut parts: Vec<&mut Expr> = comp.key.iter_mut().map(|key| &mut **key).collect();
                parts.push(&mut comp.value);
                self.visit_comprehension_of(&mut comp.generators, &mut parts);
            }
            Expr::Call(call) => {
                if self.scope.get() == Scope::Function
                    && takes_iterables(call, &CONSUMERS, &CONSUMING_METHODS)
                {
                    self.visit_call_with_iterables(call);
                } else {
                    self.visit_parts_of_call(call);
                }
                let scope = self.scope.get();
                if scope != Scope::Plain && !is_super(call) {
                    let name = if scope == Scope::Lambda {
                        CALL_IN_LAMBDA
                    } else {
                        CALL
                    };
                    wrap(expr, name, scope);
                }
            }
            _ => walk_expr(self, expr),
        }
    }
}

/// `f(x)` becomes `await NAME(f, x)`.
fn wrap(expr: &mut Expr, name: &str, scope: Scope) {
    let range = expr.range();
    if let Expr::Call(call) = expr {
        let function = std::mem::replace(&mut *call.func, constant(name, range));
        let given = std::mem::take(&mut call.arguments.args).into_vec();
        call.arguments.args = std::iter::once(function).chain(given).collect();
    }
    let value = Box::new(std::mem::replace(expr, constant("", range)));
    let node_index = ast::AtomicNodeIndex::NONE;
    *expr = if scope == Scope::Lambda {
        Expr::YieldFrom(ast::ExprYieldFrom {
            node_index,
            range,
            value,
        })
    } else {
        Expr::Await(ast::ExprAwait {
            node_index,
            range,
            value,
        })
    };
}

/// `x` becomes `NAME(x)`.
fn wrap_in(expr: &mut Expr, name: &str) {
    let range = expr.range();
    let value = std::mem::replace(expr, constant("", range));
    *expr = Expr::Call(ast::ExprCall {
        node_index: ast::AtomicNodeIndex::NONE,
        range_start: range.start(),
        func: Box::new(constant(name, range)),
        arguments: ast::Arguments {
            range,
            node_index: ast::AtomicNodeIndex::NONE,
            args: Box::new([value]),
            keywords: std::iter::empty().collect(),
            runtime_args: None,
            runtime_bases: None,
        },
    });
}

fn constant(text: &str, range: TextRange) -> Expr {
    let literal = ast::StringLiteral {
        range,
        node_index: ast::AtomicNodeIndex::NONE,
        value: text.into(),
        flags: ast::StringLiteralFlags::empty(),
    };
    Expr::StringLiteral(ast::ExprStringLiteral {
        node_index: ast::AtomicNodeIndex::NONE,
        range,
        value: ast::StringLiteralValue::single(literal),
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use rustpython_vm::compiler::parser;

    /// The kinds of function in a program after rewriting: `async`, or not.
    fn rewritten(source: &str) -> String {
        let Ok(parsed) = parser::parse_module(source) else {
            panic!("not Python: {source}")
        };
        let mut module = parsed.into_syntax();
        rewrite(&mut module);
        format!("{module:?}")
    }

    #[test]
    fn a_function_becomes_a_coroutine_that_awaits_its_calls() {
        let module = rewritten("def f(x):\n    return g(x)\n");
        assert!(module.contains("is_async: true"), "{module}");
        assert!(module.contains("ExprAwait"), "{module}");
    }

    #[test]
    fn what_cannot_await_stays_as_it_is() {
        for source in [
            "g(1)\n",
            "class C:\n    x = g(1)\n",
            "def f():\n    yield from g()\n",
            "def f():\n    yield 1\n    return 2\n",
            "def f():\n    raise StopIteration\n",
            "async def f():\n    g(1)\n",
            "x = (g(y) for y in z)\n",
        ] {
            assert!(!rewritten(source).contains("ExprAwait"), "{source}");
        }
    }

    #[test]
    fn super_without_arguments_is_called_in_place() {
        let module = rewritten("def f(self):\n    super()\n");
        assert!(!module.contains("ExprAwait"), "{module}");
    }

    #[test]
    fn a_lambda_becomes_a_generator() {
        let module = rewritten("def f():\n    return lambda: g()\n");
        assert!(module.contains("ExprYieldFrom"), "{module}");
    }

    #[test]
    fn a_loop_over_a_range_stays_a_plain_loop() {
        let plain = rewritten("def f():\n    for i in range(3):\n        pass\n");
        assert_eq!(plain.matches("is_async: true").count(), 1, "{plain}");
        let other = rewritten("def f(xs):\n    for x in xs:\n        pass\n");
        assert_eq!(other.matches("is_async: true").count(), 2, "{other}");
    }
}
