//! The command line: runs a program without a browser.
#![allow(clippy::print_stdout, reason = "printing is what a command is for")]

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    command::main()
}

#[cfg(not(target_arch = "wasm32"))]
mod command {
    use std::ffi::OsString;
    use std::fs;
    use std::io::{self, Write};
    use std::path::{Path, PathBuf};
    use std::process::ExitCode;

    use loopscope::session::cpython_tests;
    use loopscope::session::memory::Limited;
    use loopscope::session::run::{Engine, Listener, Options};
    use loopscope::session::show::show;
    use loopscope::trace::level::{UnknownLevel, uses_of_gone};
    use loopscope::trace::surroundings::{self, Malformed};
    use loopscope::trace::{
        Budget, Level, Line, Outcome, Stream, Surroundings, Trace, deadlock_report, write_log,
    };

    #[global_allocator]
    static MEMORY: Limited = Limited;

    const HELP: &str = "\
See what the event loop of an asyncio program does.

Usage: loopscope run PROGRAM.py [OPTIONS] [ARGUMENT...]
       loopscope show TRACE [--at STEP]
       loopscope test-cpython LIBDIR [MODULE...] [--verbose]

Options of run:
  --log FILE|-            write what happened as JSON lines; `-` is stdout
  --trace FILE            write the trace, for `show` and for the page
  --python VERSION        whose asyncio the program finds: 3.7 or 3.13 (3.13)
  --seed N                seed of `random` (0)
  --interrupt-at SECONDS  press Ctrl+C at this virtual time
  --stdin FILE            what the program reads from stdin (nothing)
  --latency HOST=SECONDS  how long a simulated host takes to answer
  --fail HOST=WHAT[:RATE] what it does instead: timeout, refused or 500; RATE from 0 to 1 (1)
  --line-cost SECONDS     virtual time that a line of the program takes (0)
  --max-steps N           end the run after N steps of tasks (100000)
  --max-lines N           end the run when one step takes N lines (4000000)
Without --log and --trace the program's own output is all there is.

`show` prints the queues, tasks and resources of a trace after a step, or at its end.

`test-cpython` runs CPython's own tests of asyncio from the library directory of a CPython 3.13;
--verbose prints the traceback of each failure. Exit code 1 if a test fails.

A program may carry its settings in one of its first 25 lines; the command line wins:
  # loopscope: interrupt_at=2.5 seed=1 limit_steps=500 latency=example.com=0.5 fail=example.org=500:0.1
  # python: 3.7
Arguments that look like options follow `--`.

Exit code: that of the program; 3 after a deadlock, 4 when a budget was used up,
64 for a wrong command line, 74 when a file cannot be read or written.";

    const DEADLOCK: u8 = 3;
    const OUT_OF_BUDGET: u8 = 4;
    const USAGE: u8 = 64;
    const FILES: u8 = 74;

    /// Deep recursion of the program shall meet the interpreter's limit, not the end of the stack.
    const STACK: usize = 256 << 20;

    /// What went wrong before, or beside, the run.
    enum Failure {
        Usage(String),
        File(PathBuf, io::Error),
    }

    impl From<lexopt::Error> for Failure {
        fn from(error: lexopt::Error) -> Self {
            Self::Usage(error.to_string())
        }
    }

    pub(super) fn main() -> ExitCode {
        let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
        let failure = match command(arguments) {
            Ok(code) => return code,
            Err(failure) => failure,
        };
        let (code, text) = match failure {
            Failure::Usage(text) => (USAGE, format!("{text}\nTry `loopscope --help`.")),
            Failure::File(path, error) => (FILES, format!("{}: {error}", path.display())),
        };
        let _ = writeln!(io::stderr(), "loopscope: {text}");
        ExitCode::from(code)
    }

    fn command(arguments: Vec<OsString>) -> Result<ExitCode, Failure> {
        use lexopt::prelude::{Long, Short, Value};
        let mut parser = lexopt::Parser::from_args(arguments);
        match parser.next()? {
            Some(Value(name)) if name == "run" => run_program(parser),
            Some(Value(name)) if name == "show" => show_trace(parser),
            Some(Value(name)) if name == "test-cpython" => test_cpython(parser),
            Some(Long("help") | Short('h')) => {
                println!("{HELP}");
                Ok(ExitCode::SUCCESS)
            }
            Some(Value(name)) => Err(Failure::Usage(format!("there is no command {}", name.display()))),
            Some(other) => Err(other.unexpected().into()),
            None => Err(Failure::Usage("no command given".to_owned())),
        }
    }

    #[derive(Default)]
    struct Wanted {
        log: Option<PathBuf>,
        trace: Option<PathBuf>,
    }

    fn run_program(mut parser: lexopt::Parser) -> Result<ExitCode, Failure> {
        use lexopt::prelude::{Long, Value, ValueExt};
        let mut options = Options::default();
        let mut wanted = Wanted::default();
        let mut around = Surroundings::default();
        let mut program: Option<PathBuf> = None;
        while let Some(argument) = parser.next()? {
            match argument {
                Long("log") => wanted.log = Some(parser.value()?.into()),
                Long("trace") => wanted.trace = Some(parser.value()?.into()),
                Long("python") => options.level = Some(level(&parser.value()?.string()?)?),
                Long("seed") => options.seed = Some(parser.value()?.parse()?),
                Long("interrupt-at") => options.interrupt_at = Some(parser.value()?.parse()?),
                Long("max-steps" | "limit-steps") => options.max_steps = Some(parser.value()?.parse()?),
                Long("max-lines") => options.max_lines = Some(parser.value()?.parse()?),
                Long(option @ ("stdin" | "latency" | "fail" | "line-cost")) => {
                    let option = option.to_owned();
                    surround(&option, &mut parser, &mut around)?;
                }
                Value(path) if program.is_none() => program = Some(path.into()),
                Value(word) => around.arguments.push(word.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        options.surroundings = around;
        let path = program.ok_or_else(|| Failure::Usage("run needs a program".to_owned()))?;
        options.source = read_text(&path)?;
        options.program = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();

        let plain = wanted.log.is_none() && wanted.trace.is_none();
        let bytes = execute(options, plain)?;
        let trace = read_trace(&bytes, &path)?;
        if let Some(file) = wanted.log {
            write_file(file, write_log(&trace).as_bytes())?;
        }
        if let Some(file) = wanted.trace {
            write_file(file, &bytes)?;
        }
        Ok(ExitCode::from(match trace.outcome() {
            Some(Outcome::Exited { code, .. }) => {
                if *code != 0 {
                    hint(&trace);
                }
                code.to_le_bytes()[0]
            }
            Some(Outcome::Deadlocked { .. } | Outcome::ThreadsDeadlocked { .. }) => {
                complain(&deadlock_report(&trace));
                DEADLOCK
            }
            Some(Outcome::OutOfBudget { budget, limit, line }) => {
                complain(&out_of_budget(*budget, *limit, *line));
                OUT_OF_BUDGET
            }
            None => unreachable!("every run says how it ended"),
        }))
    }

    fn show_trace(mut parser: lexopt::Parser) -> Result<ExitCode, Failure> {
        use lexopt::prelude::{Long, Value, ValueExt};
        let (mut file, mut step) = (None, None);
        while let Some(argument) = parser.next()? {
            match argument {
                Long("at") => step = Some(parser.value()?.parse()?),
                Value(path) if file.is_none() => file = Some(PathBuf::from(path)),
                other => return Err(other.unexpected().into()),
            }
        }
        let file = file.ok_or_else(|| Failure::Usage("show needs a trace".to_owned()))?;
        let bytes = fs::read(&file).map_err(|error| Failure::File(file.clone(), error))?;
        let trace = read_trace(&bytes, &file)?;
        let text = show(&trace, step.unwrap_or_else(|| trace.last_frame()));
        write_file(PathBuf::from("-"), text.as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }

    fn test_cpython(mut parser: lexopt::Parser) -> Result<ExitCode, Failure> {
        use lexopt::prelude::{Long, Short, Value, ValueExt};
        let (mut library, mut modules, mut verbose) = (None, Vec::<String>::new(), false);
        while let Some(argument) = parser.next()? {
            match argument {
                Long("verbose") | Short('v') => verbose = true,
                Value(path) if library.is_none() => library = Some(PathBuf::from(path)),
                Value(module) => modules.push(module.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        let library = library.ok_or_else(|| {
            Failure::Usage("test-cpython needs the library directory of a CPython 3.13".to_owned())
        })?;
        if modules.is_empty() {
            modules.extend(cpython_tests::MODULES.map(str::to_owned));
        }
        let (mut totals, mut good) = (cpython_tests::Report::default(), true);
        for module in modules {
            let report = cpython_tests::run(&library, &module)
                .map_err(|error| Failure::File(library.clone(), error))?;
            print!("{report}");
            if verbose {
                for (test, text) in report.failures() {
                    println!("\n{test}\n{text}");
                }
            }
            good &= report.is_good();
            totals.tests.extend(report.tests);
        }
        let (passed, failed, skipped) = totals.counts();
        println!("total: {passed} passed, {failed} failed, {skipped} skipped");
        Ok(if good {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    fn complain(text: &str) {
        let _ = io::stdout().flush();
        let _ = writeln!(io::stderr(), "loopscope: {}", text.trim_end());
    }

    /// Takes an option that says something about the world around the program.
    fn surround(option: &str, parser: &mut lexopt::Parser, around: &mut Surroundings) -> Result<(), Failure> {
        match option {
            "stdin" => around.stdin = read_text(Path::new(&parser.value()?))?,
            "latency" => around
                .latencies
                .push(setting(option, parser, surroundings::latency)?),
            "fail" => around.failures.push(setting(option, parser, str::parse)?),
            _ => around.line_cost = Some(setting(option, parser, surroundings::span)?),
        }
        Ok(())
    }

    /// The value of an option that says something about the world around the program.
    fn setting<T>(
        option: &str,
        parser: &mut lexopt::Parser,
        read: impl Fn(&str) -> Result<T, Malformed>,
    ) -> Result<T, Failure> {
        use lexopt::ValueExt;
        let text = parser.value()?.string()?;
        read(&text).map_err(|wrong| Failure::Usage(format!("--{option} cannot be {text}: {wrong}")))
    }

    fn level(version: &str) -> Result<Level, Failure> {
        version
            .parse()
            .map_err(|unknown: UnknownLevel| Failure::Usage(unknown.to_string()))
    }

    /// A program that failed and uses what is gone from asyncio may be one for an older Python.
    fn hint(trace: &Trace) {
        let mut told = false;
        for (line, gone) in uses_of_gone(trace) {
            complain(&format!("line {line}: {gone}"));
            told = true;
        }
        if told {
            let older = Level::Python37;
            complain(&format!(
                "`--python {older}`, or a line `# python: {older}` in the program, runs it with the asyncio of Python {older}"
            ));
        }
    }

    fn out_of_budget(budget: Budget, limit: u64, line: Line) -> String {
        let used = match budget {
            Budget::Steps => format!("made {limit} steps of tasks"),
            Budget::Lines => format!("executed {limit} lines without coming to rest"),
            Budget::Output => format!("wrote {} MiB of text", limit >> 20),
            Budget::Events => format!("made {limit} events"),
            Budget::Memory => format!("needs more than {} MiB of memory", limit >> 20),
        };
        let place = if line == 0 {
            String::new()
        } else {
            format!(" at line {line}")
        };
        format!("the program {used} and was ended{place}")
    }

    fn read_text(path: &Path) -> Result<String, Failure> {
        fs::read_to_string(path).map_err(|error| Failure::File(path.to_owned(), error))
    }

    /// `-` is stdout.
    fn write_file(file: PathBuf, bytes: &[u8]) -> Result<(), Failure> {
        let written = if file == Path::new("-") {
            io::stdout().write_all(bytes).and_then(|()| io::stdout().flush())
        } else {
            fs::write(&file, bytes)
        };
        written.map_err(|error| Failure::File(file, error))
    }

    fn read_trace(bytes: &[u8], file: &Path) -> Result<Trace, Failure> {
        Trace::read(bytes).map_err(|error| {
            Failure::File(file.to_owned(), io::Error::new(io::ErrorKind::InvalidData, error))
        })
    }

    /// Runs the program on a thread of its own, because of the stack it may need, and gives its
    /// trace. That thread may hang for ever when memory runs out, so the last chunk says that it
    /// is the last.
    fn execute(options: Options, passes_on: bool) -> Result<Vec<u8>, Failure> {
        let (sender, chunks) = std::sync::mpsc::channel();
        let interpreter = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn(move || Engine::new().run(options, Relay { sender, passes_on }))
            .map_err(|error| Failure::File(PathBuf::from("stack of the interpreter"), error))?;
        let mut trace = Vec::new();
        loop {
            match chunks.recv() {
                Ok(Some(chunk)) => trace.extend(chunk),
                Ok(None) => return Ok(trace),
                // The sender is gone without an end.
                Err(_) => match interpreter.join() {
                    Ok(_) => return Ok(trace),
                    Err(panic) => std::panic::resume_unwind(panic),
                },
            }
        }
    }

    /// Gathers the trace, and passes on what the program writes as it comes.
    struct Relay {
        /// Takes the chunks, and `None` after the last.
        sender: std::sync::mpsc::Sender<Option<Vec<u8>>>,
        passes_on: bool,
    }

    impl Listener for Relay {
        fn chunk(&mut self, chunk: Vec<u8>) {
            // The receiver lives until the run is over.
            let _ = self.sender.send(Some(chunk));
        }

        fn ended(&mut self) {
            let _ = self.sender.send(None);
        }

        fn output(&mut self, stream: Stream, text: &str) {
            if !self.passes_on {
                return;
            }
            // A closed pipe is no reason to stop a run.
            let _ = match stream {
                Stream::Out => write!(io::stdout(), "{text}"),
                Stream::Err => io::stdout().flush().and_then(|()| write!(io::stderr(), "{text}")),
            };
        }
    }
}
