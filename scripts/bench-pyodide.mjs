// A program under Pyodide's loop, in Node: node scripts/bench-pyodide.mjs PROGRAM.py
//
// Its loop belongs to the host, so `main` is awaited in it instead of having one of its own.
// Prints one JSON line.
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const RUNS = 5;
const CALL = "asyncio.run(main())";

const source = readFileSync(process.argv[2], "utf8");
if (!source.includes(CALL)) throw new Error(`the program does not end with ${CALL}`);
const python = await loadPyodide();
await python.runPythonAsync("import asyncio");
const seconds = [];
for (let i = 0; i < RUNS; i += 1) {
  const globals = python.globals.get("dict")();
  const began = performance.now();
  await python.runPythonAsync(source.replace(CALL, "await main()"), { globals });
  seconds.push((performance.now() - began) / 1000);
}
const peak = python._module.HEAPU8.length;
console.log(JSON.stringify({ seconds: Math.min(...seconds), peak, version: python.version }));
