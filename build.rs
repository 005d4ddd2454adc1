//! Three things that only a build script can do: link arguments for the worker,
//! the frozen standard library, and the index of the scenarios.
//!
//! The library is compiled here, once, from the names in `pylib.txt`. Sources
//! come from `pylib/` where we have our own, and from RustPython otherwise.

use std::env;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        link_arguments();
    }
    #[cfg(feature = "engine")]
    frozen::write_library()?;
    #[cfg(feature = "ui")]
    scenarios::write_index()?;
    Ok(())
}

/// Numbers in headers.
#[cfg(feature = "ui")]
#[path = "src/trace/decimal.rs"]
#[expect(dead_code, unreachable_pub, reason = "the page uses the rest of it")]
mod decimal;
#[cfg(feature = "ui")]
mod trace {
    pub(crate) use super::decimal;
}

/// The page shares its reader of headers with this script.
#[cfg(feature = "ui")]
#[path = "src/ui/scenarios/lesson/mod.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "the page uses the rest of it"
)]
mod lesson;

#[cfg(feature = "ui")]
mod scenarios {
    use super::lesson::{Lesson, Problem, Words};
    use std::env;
    use std::error::Error;
    use std::fmt::Write;
    use std::fs;
    use std::path::Path;

    const FOLDER: &str = "static/scenarios";

    /// Writes what the page knows of every scenario without having its file. Mistakes in
    /// headers fail the build, all at once.
    pub(crate) fn write_index() -> Result<(), Box<dyn Error>> {
        println!("cargo::rerun-if-changed={FOLDER}");
        println!("cargo::rerun-if-changed=src/ui/scenarios/lesson");
        let mut scenarios = Vec::new();
        for entry in fs::read_dir(FOLDER)? {
            let file = entry?.file_name().to_string_lossy().into_owned();
            let path = format!("{FOLDER}/{file}");
            match Lesson::read(&path, &fs::read_to_string(&path)?) {
                Ok(lesson) => scenarios.push((lesson.place, file, lesson)),
                Err(error) => println!("cargo::error={error}"),
            }
        }
        scenarios.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
        if let Some([one, other]) = scenarios.array_windows().find(|[one, other]| one.0 == other.0) {
            let (place, path) = (one.0, format!("{FOLDER}/{}", other.1));
            let text = fs::read_to_string(&path)?;
            let lines = (1..).zip(text.lines());
            for (number, _) in lines.filter(|(_, line)| line.starts_with("# course:")) {
                println!(
                    "cargo::error={path}:{number}: {}.{} is the place of {}, too: choose another",
                    place.chapter, place.number, one.1
                );
            }
        }
        for (_, file, lesson) in &scenarios {
            let Some(partner) = &lesson.compare else { continue };
            let other = format!("{partner}.py");
            if other == *file || !scenarios.iter().any(|(_, file, _)| *file == other) {
                let path = format!("{FOLDER}/{file}");
                let text = fs::read_to_string(&path)?;
                let line = text.lines().position(|line| line.starts_with("# compare:"));
                let problem = Problem::NotAScenario(partner.clone());
                println!("cargo::error={path}:{}: {problem}", line.unwrap_or(0) + 1);
            }
        }
        let mut text = format!(
            "/// All scenarios, in the order of the course.\npub static ALL: [Scenario; {}] = [\n",
            scenarios.len()
        );
        for (_, file, lesson) in &scenarios {
            write_scenario(&mut text, file, lesson)?;
        }
        text.push_str("];\n");
        let out = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
        fs::write(Path::new(&out).join("scenarios.rs"), text)?;
        Ok(())
    }

    fn write_scenario(text: &mut String, file: &str, lesson: &Lesson) -> Result<(), Box<dyn Error>> {
        let words = |Words { en, zh }: &Words| format!("Words {{ en: {en:?}, zh: {zh:?} }}");
        let (title, asks) = (words(&lesson.title), words(&lesson.asks));
        let (topics, level, place) = (&lesson.topics, lesson.level, lesson.place);
        let (opening, compare) = (lesson.stops[0].when.to_string(), &lesson.compare);
        writeln!(
            text,
            "Scenario {{ file: {file:?}, title: {title}, asks: {asks}, topics: &{topics:?}, \
             level: Difficulty::{level:?}, place: {place:?}, compare: {compare:?}, opening: {opening:?} }},"
        )?;
        Ok(())
    }
}

/// The shadow stack is sized together with the recursion limit of the
/// interpreter: more would only move the overflow to the browser's own stack,
/// which cannot be caught. The memory limit makes a runaway program fail
/// before it takes the whole tab along.
fn link_arguments() {
    const STACK: u32 = 1 << 20;
    const MEMORY: u32 = 512 << 20;
    let mut targets = Vec::new();
    if env::var_os("CARGO_FEATURE_ENGINE").is_some() {
        targets.push("bin=loopscope-engine");
    }
    for target in targets {
        println!("cargo::rustc-link-arg-{target}=-zstack-size={STACK}");
        println!("cargo::rustc-link-arg-{target}=--max-memory={MEMORY}");
    }
}

#[cfg(feature = "engine")]
mod frozen {
    use rustpython_compiler::CompileOpts;
    use rustpython_compiler_core::bytecode::{CodeObject, ConstantData};
    use rustpython_compiler_core::frozen::{FrozenCodeObject, FrozenLib, FrozenModule};
    use rustpython_compiler_core::{Mode, OneIndexed, marshal};
    use std::env;
    use std::error::Error;
    use std::fs;
    use std::path::{Path, PathBuf};

    /// Our own modules; they win over RustPython's of the same name.
    const OWN: &str = "pylib";
    const NAMES: &str = "pylib.txt";

    pub(crate) fn write_library() -> Result<(), Box<dyn Error>> {
        println!("cargo::rerun-if-changed={NAMES}");
        println!("cargo::rerun-if-changed={OWN}");
        let list = fs::read_to_string(NAMES)?;
        let mut names: Vec<&str> = list
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        names.sort_unstable();
        let mut library = Vec::new();
        for name in names {
            let module = compile(name).map_err(|error| format!("{NAMES}: {name}: {error}"))?;
            library.push((name, module));
        }
        let borrowed = library.iter().map(|(name, module)| {
            let code = FrozenCodeObject {
                bytes: module.code.bytes.as_slice(),
            };
            (
                *name,
                FrozenModule {
                    code,
                    package: module.package,
                },
            )
        });
        let bytes = FrozenLib::encode(borrowed.collect::<Vec<_>>()).bytes;
        let out = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
        fs::write(Path::new(&out).join("pylib.bin"), bytes)?;
        Ok(())
    }

    fn compile(name: &str) -> Result<FrozenModule<Vec<u8>>, Box<dyn Error>> {
        let (path, package) = find(name).ok_or("there is no such module")?;
        let source = adapted(name, &fs::read_to_string(path)?)?;
        // 2 leaves out docstrings and asserts, which nobody can see in a frozen module.
        let options = CompileOpts {
            optimize: 2,
            ..CompileOpts::default()
        };
        let mut code =
            rustpython_compiler::compile(&source, Mode::Exec, &format!("<frozen {name}>"), options)?;
        leave_out_columns(&mut code)?;
        let mut plain = Vec::new();
        marshal::serialize_code(&mut plain, &code);
        Ok(FrozenModule {
            code: FrozenCodeObject {
                bytes: stored(&plain)?,
            },
            package,
        })
    }

    /// Leaves lines as the only positions: nobody sees the text of a frozen module, so no caret
    /// can point into it, and columns were more than a quarter of the library's download.
    fn leave_out_columns(code: &mut CodeObject) -> Result<(), Box<dyn Error>> {
        code.linetable = lines_only(code)?.into_boxed_slice();
        for constant in &mut *code.constants {
            if let ConstantData::Code { code } = constant {
                leave_out_columns(code)?;
            }
        }
        Ok(())
    }

    /// A location table (`Objects/locations.md` of `CPython`) of entries without columns, each for up to
    /// eight instructions of one line.
    fn lines_only(code: &CodeObject) -> Result<Vec<u8>, Box<dyn Error>> {
        const ENTRY: u8 = 0x80;
        const NO_COLUMNS: u8 = 13;
        const LONGEST: usize = 8;
        let mut table = Vec::new();
        let mut before = code.first_line_number.map_or(0, OneIndexed::get);
        for same in code.locations.chunk_by(|(a, _), (b, _)| a.line == b.line) {
            let line = same[0].0.line.get();
            for entry in same.chunks(LONGEST) {
                table.push(ENTRY | NO_COLUMNS << 3 | u8::try_from(entry.len() - 1)?);
                let mut rest = line.abs_diff(before) << 1 | usize::from(line < before);
                while rest >= 0x40 {
                    table.push(0x40 | u8::try_from(rest & 0x3F)?);
                    rest >>= 6;
                }
                table.push(u8::try_from(rest)?);
                before = line;
            }
        }
        Ok(table)
    }

    fn find(name: &str) -> Option<(PathBuf, bool)> {
        let relative = name.replace('.', "/");
        [Path::new(OWN), Path::new(rustpython_pylib::LIB_PATH)]
            .into_iter()
            .find_map(|root| {
                let module = root.join(format!("{relative}.py"));
                let package = root.join(&relative).join("__init__.py");
                if module.exists() {
                    Some((module, false))
                } else {
                    package.exists().then_some((package, true))
                }
            })
    }

    /// Places of the library that must differ: module, text, and what stands there instead.
    const CHANGES: [(&str, &str, &str); 8] = [
        // An unseeded `Random` asks the host for entropy; here it gets the seed of the run.
        (
            "random",
            "super().seed(a)",
            "super().seed(__import__('_environment').seed() if a is None else a)",
        ),
        // The interpreter makes entries that CPython does not make.
        (
            "traceback",
            "        yield tb.tb_frame, tb.tb_lineno\n",
            "        if not __import__('_environment').is_repetition(tb):\n            yield tb.tb_frame, tb.tb_lineno\n",
        ),
        (
            "traceback",
            "        positions = _get_code_position(tb.tb_frame.f_code, tb.tb_lasti)\n",
            "        if __import__('_environment').is_repetition(tb):\n            tb = tb.tb_next\n            continue\n        positions = _get_code_position(tb.tb_frame.f_code, tb.tb_lasti)\n",
        ),
        // 3.13 does not guess keywords.
        (
            "traceback",
            "            with suppress(Exception):\n                self._find_keyword_typos()\n",
            "",
        ),
        // A frozen package has no folder that its frames could be in.
        (
            "logging",
            "while (frame and os.path.dirname(frame.f_code.co_filename) ==\n                       __path__[0]):",
            "while frame and os.path.normcase(frame.f_code.co_filename) == _srcfile:",
        ),
        // What a generator raises in place of an exception, or when it swallows one: the frame that called
        // it follows the generator's in the traceback of that exception, and has it in a variable.
        (
            "contextlib",
            "return exc is not value",
            "return __import__('_environment').hold(value) or exc is not value",
        ),
        (
            "contextlib",
            "if exc is not value:\n                    raise\n",
            "if exc is not value:\n                    __import__('_environment').hold(value)\n                    raise\n",
        ),
        // A coroutine that was never awaited is worth a note in the trace, not only a warning.
        (
            "_py_warnings",
            "def _warn_unawaited_coroutine(coro):\n",
            "def _warn_unawaited_coroutine(coro):\n    __import__('_environment').note_never_awaited(coro.__qualname__)\n",
        ),
    ];

    fn adapted(name: &str, source: &str) -> Result<String, Box<dyn Error>> {
        let mut adapted = source.to_owned();
        for (_, old, new) in CHANGES.iter().filter(|(module, ..)| *module == name) {
            if !adapted.contains(old) {
                return Err(format!("{name}.py has changed: where is {old:?}?").into());
            }
            adapted = adapted.replace(old, new);
        }
        Ok(adapted)
    }

    /// The LZ4 block that the interpreter expects, holding literals only: the
    /// whole file is compressed by the web server, which does it better when
    /// it sees the plain bytes.
    fn stored(plain: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
        const SHORT: usize = 15;
        let mut block = u32::try_from(plain.len())?.to_le_bytes().to_vec();
        if plain.len() < SHORT {
            block.push(u8::try_from(plain.len())? << 4);
        } else {
            block.push(0xF0);
            let mut rest = plain.len() - SHORT;
            while rest >= 255 {
                block.push(255);
                rest -= 255;
            }
            block.push(u8::try_from(rest)?);
        }
        block.extend_from_slice(plain);
        Ok(block)
    }
}
