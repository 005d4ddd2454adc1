// The table that `make bench` prints: node scripts/bench.mjs ENGINE-BENCH DIST
//
// ENGINE-BENCH is the program of benches/engine.rs. Every figure is the least of some runs, and
// every peer runs on the same machine within the same minutes; a peer that is not there is left
// out with a word about it. Figures are to be looked at: nothing here fails when one is bad.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { cpus, homedir, totalmem } from "node:os";
import { join } from "node:path";

const [native, dist] = process.argv.slice(2);
/** Name, title, and what is counted where it is not the steps: ten items pass in two steps. */
const PROGRAMS = [
  ["turns_10", "1,000 tasks x 10 sleep(0)"],
  ["turns_100", "1,000 tasks x 100 sleep(0)"],
  ["timers", "100 tasks x 100 sleeps"],
  ["queue", "10,000 items, queue of 10: per item", 10_000],
];
/** Wished: times the steps per second of Pyodide's loop, and bytes a step. */
const GOAL_RATIO = 2;
const GOAL_BYTES = 32;

/** The JSON line that a command prints, or undefined with its complaint on stderr. */
function ask(command, ...args) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (status === 0) return JSON.parse(stdout.trim().split("\n").at(-1));
  console.log(`   ${command} ${args.join(" ")}: ${error ?? stderr.trim().split("\n").at(-1)}`);
  return undefined;
}

function python() {
  const root = join(process.env.PYENV_ROOT ?? join(homedir(), ".pyenv"), "versions");
  const versions = existsSync(root) ? readdirSync(root).filter((name) => name.startsWith("3.13.")) : [];
  const found = ["python3.13", ...versions.map((name) => join(root, name, "bin", "python3.13"))];
  return found.find((command) => spawnSync(command, ["-c", ""]).status === 0);
}

const rate = (count, run) => (run ? Math.round(count / run.seconds).toLocaleString("en") : "-");
const times = (run, peer) => (run && peer ? `${(peer.seconds / run.seconds).toFixed(1)}x` : "-");
const mb = (run) => (run?.peak ? `${(run.peak / 1e6).toFixed(0)} MB` : "-");
const seconds = (value) => (Number.isFinite(value) ? `${value.toFixed(2)} s` : "-");
const micros = (value) => `${(value * 1e6).toFixed(0)} us`;

function table(title, head, rows) {
  const wide = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)));
  const line = (row) => row.map((cell, i) => (i === 0 ? cell.padEnd(wide[i]) : cell.padStart(wide[i] + 2))).join("");
  console.log(`\n   ${title}\n   ${line(head)}`);
  for (const row of rows) console.log(`   ${line(row)}`);
}

const cpu = cpus();
console.log(`   ${cpu.length} x ${cpu[0].model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform}, Node ${process.versions.node}`);
const cpython = python();
if (!cpython) console.log("   no python3.13 here (on PATH or in pyenv): CPython is left out");
const engine = existsSync(join(dist, "loopscope-engine_bg.wasm"));
if (!engine) console.log(`   no engine in ${dist}/: what runs in the page is left out`);

const measured = PROGRAMS.map(([name, title, items]) => {
  const program = join("benches", "programs", `${name}.py`);
  const run = ask(native, program);
  return {
    title,
    native: run,
    count: items ?? run?.steps,
    cpython: cpython && ask(cpython, join("benches", "peer.py"), program),
    wasm: engine ? ask(process.execPath, join("scripts", "bench-engine.mjs"), dist, program) : undefined,
    pyodide: ask(process.execPath, join("scripts", "bench-pyodide.mjs"), program),
  };
});
const known = measured.filter((one) => one.native);

table(
  `steps per second, everything recorded (goal: wasm at ${GOAL_RATIO}x Pyodide; wasm and Pyodide both in Node, peers record nothing)`,
  ["", "steps", "native", "CPython 3.13", "ratio", "wasm", "Pyodide", "ratio"],
  known.map(({ title, count, native, cpython, wasm, pyodide }) => [
    title,
    count.toLocaleString("en"),
    rate(count, native),
    rate(count, cpython),
    times(native, cpython),
    rate(count, wasm),
    rate(count, pyodide),
    times(wasm, pyodide),
  ]),
);
table(
  `the trace (goal: ${GOAL_BYTES} bytes a step), and looking at any frame of it`,
  ["", "events a step", "bytes a step", "state_at: half within", "99 % within"],
  known.map(({ title, count, native }) => [
    title,
    (native.events / count).toFixed(1),
    (native.bytes / count).toFixed(1),
    micros(native.seek.half),
    micros(native.seek.most),
  ]),
);
table(
  "most memory, of the process or of the instance",
  ["", "native", "CPython 3.13", "wasm", "Pyodide"],
  known.map(({ title, native, cpython, wasm, pyodide }) => [title, mb(native), mb(cpython), mb(wasm), mb(pyodide)]),
);

const page = engine ? ask(process.execPath, join("scripts", "bench-page.mjs"), dist) : undefined;
if (page) {
  table(
    `from opening the page, in headless Chromium, nothing cached (program: ${page.program}; Pyodide sleeps in real time)`,
    ["", "Loopscope", "Pyodide"],
    [
      ["first picture", seconds(page.picture), "-"],
      ["interpreter loaded", "-", seconds(page.peerLoaded)],
      ["live run finished", seconds(page.ended), seconds(page.peerEnded)],
    ],
  );
}
