// A program in the page's engine, in Node: node scripts/bench-engine.mjs DIST PROGRAM.py
//
// The engine is the file that the page loads into its worker, here with a worker's two functions
// around it. Each run has a fresh instance of the one compiled module, as each run of the page
// has. Prints one JSON line.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [dist, program] = process.argv.slice(2);
const RUNS = 5;

const glue = readFileSync(join(dist, "loopscope-engine.js"), "utf8");
const module = await WebAssembly.compile(readFileSync(join(dist, "loopscope-engine_bg.wasm")));

// A request as the page packs it (`session::messages`): the kind, two texts behind their lengths in bytes, then
// nothing for seed, level, stdin, arguments, latencies, failures, cost of a line and Ctrl+C.
const length = (n) => (n < 128 ? [n] : [(n % 128) + 128, ...length(Math.floor(n / 128))]);
const packed = (bytes) => [...length(bytes.length), ...bytes];
const request = new Uint8Array([0, ...packed(readFileSync(program)), ...packed(Buffer.from("main.py")), ...Array(8).fill(0)]);

let heard = [];
globalThis.postMessage = (message) => heard.push(message);

async function run() {
  heard = [];
  globalThis.onmessage = undefined;
  const instantiate = new Function(`${glue}; return wasm_bindgen;`)();
  const exports = await instantiate({ module_or_path: module });
  if (heard.at(-1) !== "ready") throw new Error(`the engine says ${heard.at(-1)}`);
  const began = performance.now();
  globalThis.onmessage({ data: request });
  const seconds = (performance.now() - began) / 1000;
  if (heard.at(-1) !== "ended") throw new Error(`the run does not end: ${heard.at(-1)}`);
  const bytes = heard.filter((message) => message instanceof Uint8Array).reduce((sum, chunk) => sum + chunk.length, 0);
  return { seconds, bytes, peak: exports.memory.buffer.byteLength };
}

const runs = [];
for (let i = 0; i < RUNS; i += 1) runs.push(await run());
console.log(JSON.stringify({ ...runs[0], seconds: Math.min(...runs.map((r) => r.seconds)) }));
