//! Arguments that functions of the library take by place or by name, as `CPython`'s do.

use rustpython_vm::{FromArgs, PyObjectRef};

/// A class with one argument that has the name of its field.
macro_rules! one_argument {
    ($($class:ident { $field:ident })*) => {$(
        #[doc = concat!("The argument `", stringify!($field), "`.")]
        #[derive(FromArgs)]
        pub(super) struct $class {
            #[pyarg(any)]
            pub(super) $field: PyObjectRef,
        }
    )*};
}

one_argument! {
    Arg { arg }
    Factory { factory }
    Item { item }
    Obj { obj }
    Predicate { predicate }
    When { when }
}

/// The argument `loop`, which may be missing.
#[derive(FromArgs)]
pub(super) struct LoopArg {
    #[pyarg(any, name = "loop", default, py_default = "None")]
    pub(super) event_loop: Option<PyObjectRef>,
}

/// A function with the module and the parameters that it shows, which are those of `CPython`.
macro_rules! function {
    ($vm:ident, $module:literal, $name:literal, $parameters:literal, $function:expr) => {{
        let shown = rustpython_vm::function::ItemDoc::static_text(concat!($name, $parameters, "\n--\n\n"));
        let definition = $vm.ctx.new_method_def(
            $name,
            $function,
            rustpython_vm::function::PyMethodFlags::empty(),
            shown,
        );
        let function = definition.build_function($vm, None);
        let module = $vm.ctx.new_str($module);
        rustpython_vm::AsObject::as_object(&function).set_attr("__module__", module, $vm)?;
        ($name, function)
    }};
}
pub(super) use function;
