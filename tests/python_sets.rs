//! Sets beside what `golden/python/sets.py` says: the two kinds of hashes never meet, and where
//! `docs/differences.md` says that the order is not `CPython`'s.
#![cfg(all(feature = "engine", not(target_arch = "wasm32")))]

#[path = "common/runs.rs"]
#[allow(dead_code, reason = "other tests look at more of a run")]
mod runs;

use runs::run;

#[track_caller]
fn prints(program: &str, expected: &str) {
    assert_eq!(run(program).out(), expected);
}

#[test]
fn an_object_that_equals_a_text_is_found_under_it() {
    let program = r#"
class Key:
    def __init__(self, name):
        self.name = name
    def __hash__(self):
        return hash(self.name)
    def __eq__(self, other):
        return getattr(other, "name", other) == self.name

table = {"x": 1, "y": 2}
print(table[Key("x")], Key("y") in table.keys(), Key("x") in {"x", "z"}, hash(Key("x")) == hash("x"))
"#;
    prints(program, "1 True True True\n");
}

#[test]
fn a_hash_that_comes_from_an_address_is_the_same_in_every_run() {
    let program = "thing = object()\nprint(hash(thing) == id(thing) // 16, hash((thing,)) == hash((thing,)))";
    prints(program, "True True\n");
    assert_eq!(
        run("print(hash(object()))").out(),
        run("print(hash(object()))").out()
    );
}

#[test]
fn objects_that_are_hashed_by_address_keep_the_order_of_insertion() {
    let program = "
class Plain:
    def __init__(self, name):
        self.name = name
print([plain.name for plain in {Plain(name) for name in 'badcfehg'}])
";
    prints(program, "['b', 'a', 'd', 'c', 'f', 'e', 'h', 'g']\n");
}

#[test]
fn a_display_of_a_set_is_made_one_by_one() {
    // CPython makes room for all of them at once: {'d', 'c', 'f', 'a', 'e', 'b'}.
    prints(
        "letters = set('abcdef')\nprint({*letters})",
        "{'d', 'f', 'b', 'c', 'a', 'e'}\n",
    );
}

#[test]
fn names_in_the_library_of_cpython_do_not_count_in_literals() {
    // CPython knows `hi` from its own modules: {2.25, 8, 'ja', 'ad', -2, 'hi', -2305843009213693952, 'ibec'}.
    prints(
        "print({'hi', 'ja', 'ad', 'ibec', -2305843009213693952, -2, 8, 2.25})",
        "{2.25, 8, 'ibec', 'ja', -2305843009213693952, 'hi', -2, 'ad'}\n",
    );
}

#[test]
fn code_that_a_program_compiles_spreads_sets_in_the_order_of_insertion() {
    prints(
        "exec(\"letters = set('abc')\\nprint(letters, *letters)\")",
        "{'c', 'a', 'b'} a b c\n",
    );
}
