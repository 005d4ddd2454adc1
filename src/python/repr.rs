//! A short text for any object, made without running code of the program.
//!
//! `repr()` could run the program's own `__repr__`, which may print, wait or
//! fail, and would make looking at a run change it. So only exact builtin
//! types are shown by value; of everything else the class is named.

use std::cell::Cell;
use std::fmt::Write as _;

use rustpython_vm::builtins::{
    PyBaseException, PyBytes, PyCoroutine, PyDict, PyFloat, PyFunction, PyGenerator, PyInt, PyList, PyStr,
    PyTuple, PyType,
};
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::types::PyTypeFlags;
use rustpython_vm::{AsObject, PyObject, VirtualMachine};

/// Most characters of a text.
pub const WIDTH: usize = 60;
/// How deep containers are shown.
const DEPTH: usize = 3;
/// Integers with more bits are not written out: that takes long, and nobody reads it.
const INTEGER_BITS: u64 = 160;

/// Writes a text for an object of a native class; false when it has none.
pub type Describe = fn(&PyObject, &mut String) -> bool;

thread_local! {
    static DESCRIBE: Cell<Option<Describe>> = const { Cell::new(None) };
}

/// Lets objects of our own native classes speak for themselves.
pub fn describe_with(describe: Describe) {
    DESCRIBE.set(Some(describe));
}

/// A text of at most [`WIDTH`] characters.
pub fn short(object: &PyObject, vm: &VirtualMachine) -> String {
    let mut text = String::new();
    write_short(&mut text, object, vm);
    text
}

/// The same, into a buffer that is cleared first.
pub fn write_short(text: &mut String, object: &PyObject, vm: &VirtualMachine) {
    text.clear();
    // Writing to a string does not fail; the writer below fails when there is enough text.
    let _ = Writer { text, vm }.object(object, 0);
    let mut from_last = text.char_indices().skip(WIDTH - 1);
    if let (Some((last, _)), Some(_)) = (from_last.next(), from_last.next()) {
        text.truncate(last);
        text.push('…');
    }
}

/// Whether the text of an object can never change while the object exists.
pub(super) fn is_immutable(object: &PyObject, vm: &VirtualMachine) -> bool {
    let types = &vm.ctx.types;
    let class = object.class();
    class.is(types.int_type)
        || class.is(types.str_type)
        || class.is(types.none_type)
        || class.is(types.bool_type)
        || class.is(types.float_type)
        || class.is(types.bytes_type)
}

/// Whether `text`, which was made for `object`, names its class and will never say more.
pub(super) fn is_shown_by_class(object: &PyObject, text: &str) -> bool {
    let inner = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    !is_native(object) && inner.is_some_and(|inner| inner == &*object.class().name())
}

/// There is enough text.
struct Enough;

type Written = Result<(), Enough>;

struct Writer<'a> {
    text: &'a mut String,
    vm: &'a VirtualMachine,
}

impl Writer<'_> {
    fn push(&mut self, part: &str) -> Written {
        self.text.push_str(part);
        // A character has at most four bytes, so this much is certainly enough.
        if self.text.len() > 4 * WIDTH {
            Err(Enough)
        } else {
            Ok(())
        }
    }

    fn object(&mut self, object: &PyObject, depth: usize) -> Written {
        let vm = self.vm;
        if let Some(text) = object.downcast_ref_if_exact::<PyStr>(vm) {
            self.quoted(text.as_wtf8().to_string_lossy().chars())
        } else if vm.is_none(object) {
            self.push("None")
        } else if object.is(&vm.ctx.true_value) {
            self.push("True")
        } else if object.is(&vm.ctx.false_value) {
            self.push("False")
        } else if let Some(number) = object.downcast_ref_if_exact::<PyInt>(vm) {
            self.integer(number)
        } else if let Some(number) = object.downcast_ref_if_exact::<PyFloat>(vm) {
            self.push(&rustpython_vm::literal::float::to_string(number.to_f64()))
        } else if let Some(bytes) = object.downcast_ref_if_exact::<PyBytes>(vm) {
            self.push("b")?;
            self.quoted(bytes.as_bytes().iter().copied().map(char::from))
        } else {
            self.container(object, depth)
        }
    }

    fn integer(&mut self, number: &PyInt) -> Written {
        let number = number.as_bigint();
        // Nearly every integer is a machine word, and locals are written at every rest.
        if let Ok(word) = i64::try_from(number) {
            // Writing to a string does not fail.
            let _ = write!(self.text, "{word}");
            return self.push("");
        }
        let bits = number.bits();
        if bits > INTEGER_BITS {
            self.push(&format!("<int of {bits} bits>"))
        } else {
            self.push(&number.to_string())
        }
    }

    /// Text in quotes, chosen and escaped as `repr` does.
    fn quoted(&mut self, chars: impl Iterator<Item = char> + Clone) -> Written {
        let shown = chars.clone().take(WIDTH + 1);
        let quote = if shown.clone().any(|c| c == '\'') && !shown.clone().any(|c| c == '"') {
            "\""
        } else {
            "'"
        };
        self.push(quote)?;
        for character in shown {
            match character {
                '\\' => self.push("\\\\")?,
                '\n' => self.push("\\n")?,
                '\r' => self.push("\\r")?,
                '\t' => self.push("\\t")?,
                '\'' if quote == "'" => self.push("\\'")?,
                c if c.is_control() => self.push(&format!("\\x{:02x}", u32::from(c)))?,
                c => self.push(c.encode_utf8(&mut [0; 4]))?,
            }
        }
        self.push(quote)
    }

    fn container(&mut self, object: &PyObject, depth: usize) -> Written {
        let vm = self.vm;
        if let Some(list) = object.downcast_ref_if_exact::<PyList>(vm) {
            // A copy, because what follows must not hold the list.
            let items: Vec<_> = list.borrow_vec().iter().take(WIDTH).cloned().collect();
            self.items("[", items.iter().map(AsRef::as_ref), "]", depth)
        } else if let Some(tuple) = object.downcast_ref_if_exact::<PyTuple>(vm) {
            let end = if tuple.len() == 1 { ",)" } else { ")" };
            self.items("(", tuple.iter().map(AsRef::as_ref), end, depth)
        } else if let Some(dict) = object.downcast_ref_if_exact::<PyDict>(vm) {
            self.dict(dict, depth)
        } else if object.class().is(vm.ctx.types.set_type) {
            self.iterable("{", "}", "set()", object, depth)
        } else if object.class().is(vm.ctx.types.frozenset_type) {
            self.iterable("frozenset({", "})", "frozenset()", object, depth)
        } else if is_native(object) && &*object.class().name() == "deque" {
            self.iterable("deque([", "])", "deque([])", object, depth)
        } else {
            self.named(object, depth)
        }
    }

    fn items<'o>(
        &mut self,
        begin: &str,
        items: impl Iterator<Item = &'o PyObject>,
        end: &str,
        depth: usize,
    ) -> Written {
        self.push(begin)?;
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.push(", ")?;
            }
            if depth == DEPTH {
                self.push("...")?;
                break;
            }
            self.object(item, depth + 1)?;
        }
        self.push(end)
    }

    fn dict(&mut self, dict: &rustpython_vm::Py<PyDict>, depth: usize) -> Written {
        self.push("{")?;
        for (index, (key, value)) in dict.into_iter().enumerate() {
            if index > 0 {
                self.push(", ")?;
            }
            if depth == DEPTH {
                self.push("...")?;
                break;
            }
            self.object(&key, depth + 1)?;
            self.push(": ")?;
            self.object(&value, depth + 1)?;
        }
        self.push("}")
    }

    /// Containers of native classes, whose iterators run no code of the program.
    fn iterable(&mut self, begin: &str, end: &str, empty: &str, object: &PyObject, depth: usize) -> Written {
        let Ok(iterator) = object.to_owned().get_iter(self.vm) else {
            return self.class(object);
        };
        let mut separator = begin;
        while let Ok(PyIterReturn::Return(item)) = iterator.next(self.vm) {
            self.push(separator)?;
            if depth == DEPTH {
                self.push("...")?;
                break;
            }
            self.object(&item, depth + 1)?;
            separator = ", ";
        }
        if separator == begin {
            self.push(empty)
        } else {
            self.push(end)
        }
    }

    /// What has a name of its own, or only a class.
    fn named(&mut self, object: &PyObject, depth: usize) -> Written {
        if let Some(describe) = DESCRIBE.get()
            && describe(object, self.text)
        {
            return Ok(());
        }
        if let Some(error) = object.downcast_ref::<PyBaseException>() {
            self.push(&object.class().name())?;
            return self.items("(", error.args().iter().map(AsRef::as_ref), ")", depth);
        }
        let (kind, name) = if let Some(class) = object.downcast_ref::<PyType>() {
            ("class", class.name().to_string())
        } else if let Some(function) = object.downcast_ref::<PyFunction>() {
            // Functions cannot be subclassed: this reads a field of the interpreter.
            let name = function
                .as_object()
                .get_attr("__qualname__", self.vm)
                .and_then(|name| name.str(self.vm));
            (
                "function",
                name.map_or_else(
                    |_| String::new(),
                    |name| name.as_wtf8().to_string_lossy().into_owned(),
                ),
            )
        } else if let Some(coroutine) = object.downcast_ref::<PyCoroutine>() {
            (
                "coroutine",
                coroutine
                    .as_coro()
                    .qualname()
                    .as_wtf8()
                    .to_string_lossy()
                    .into_owned(),
            )
        } else if let Some(generator) = object.downcast_ref::<PyGenerator>() {
            (
                "generator",
                generator
                    .as_coro()
                    .qualname()
                    .as_wtf8()
                    .to_string_lossy()
                    .into_owned(),
            )
        } else {
            return self.class(object);
        };
        self.push(&format!("<{kind} {name}>"))
    }

    fn class(&mut self, object: &PyObject) -> Written {
        self.push("<")?;
        self.push(&object.class().name())?;
        self.push(">")
    }
}

/// Whether the class of an object is part of the interpreter, not made by a `class` statement.
fn is_native(object: &PyObject) -> bool {
    !object.class().slots.flags.has_feature(PyTypeFlags::HEAPTYPE)
}
