// What a long run costs in a browser: node scripts/bench-timeline.mjs DIST TRACE
//
// Opens TRACE in the built page and prints, while it is opened, zoomed, panned, scrolled, scrubbed and
// played: how long frames take, how long the main thread works for a frame (which other work on the
// machine does not change), the time from a seek to its picture, and memory. The first row is the
// machine alone: frames in which nothing happens.
import { readFileSync } from "node:fs";
import { Browser, serve } from "./browser.mjs";

const [dist, trace] = process.argv.slice(2);
const FRAMES = 60;
const SEEKS = 40;

/** Runs in the page: does something once a frame, and tells how long the frames took. */
const WATCH = `async (times, act) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const took = [];
  let last = await frame();
  for (let i = 0; i < times; i += 1) {
    act(i);
    const now = await frame();
    took.push(now - last);
    last = now;
  }
  return took;
}`;

/** Runs in the page: seeks, and waits until the picture is there. */
const SEEK = `async (times) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const input = document.querySelector("[data-testid=scrubber]");
  const took = [];
  for (let i = 0; i < times; i += 1) {
    const to = Math.floor(Number(input.max) * (((i * 37 + 11) % 97) / 97));
    const began = performance.now();
    input.value = to;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    while (document.querySelector("[data-testid=step-number]").dataset.frame !== String(to)) await frame();
    took.push(performance.now() - began);
    await frame();
  }
  return took;
}`;

/** Collects the frames from the first moment of the page on. */
const GAPS = `window.gaps = []; let last = performance.now();
const gap = (now) => { window.gaps.push(now - last); last = now; requestAnimationFrame(gap); };
requestAnimationFrame(gap);`;

/** What is done, by name: code that gets \`i\` and finds the page's parts. */
const lanes = `document.querySelector("[data-testid=lanes]").parentElement`;
const wheel = (by) =>
  `${lanes}.dispatchEvent(new WheelEvent("wheel", { deltaY: ${by}, ctrlKey: true, bubbles: true, cancelable: true, clientX: 900, clientY: 700 }))`;
const pan = `${lanes}.dispatchEvent(new WheelEvent("wheel", { deltaY: i % 40 < 20 ? 30 : -30, shiftKey: true, bubbles: true, cancelable: true }))`;
const drag = `{
  const input = document.querySelector("[data-testid=scrubber]");
  input.value = Math.floor(Number(input.max) * (0.3 + 0.002 * i));
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}`;
const key = (name) => `document.querySelector(".page").dispatchEvent(new KeyboardEvent("keydown", { key: "${name}", bubbles: true }))`;
const scroll = `document.querySelector(".tlscroll").scrollTop = i * 300`;
const group = `document.querySelector("[data-testid=group] button")?.click()`;

const ACTS = [
  ["nothing", ""],
  ["zoom out", wheel(60), key("0")],
  ["zoom in", wheel(-60)],
  ["pan, zoomed in", pan],
  ["pan, whole run", pan, key("0")],
  ["step on", key("ArrowRight")],
  ["play, fastest", "", `${key("5")}; ${key(" ")}`, key(" ")],
  ["drag the scrubber", drag],
  ["scroll lanes", scroll, group, group],
];

const at = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const ms = (value) => value.toFixed(1);
const row = (name, ...cells) => console.log(`   ${name.padEnd(26)}${cells.map((cell) => String(cell).padStart(11)).join("")}`);
const frames = (took) => [ms(at(took, 0.5)), ms(at(took, 0.95)), ms(Math.max(...took)), `${took.filter((t) => t > 20.5).length} of ${took.length}`];

const server = await serve({ page: { folder: dist, made: { "long.lscope": readFileSync(trace) } } });
const browser = await Browser.open();
const tools = (cmd, params = {}) => browser.ask("POST", browser.path("/goog/cdp/execute"), { cmd, params });
/** Milliseconds that the main thread has worked. */
const worked = async () => {
  const { metrics } = await tools("Performance.getMetrics");
  return metrics.find((metric) => metric.name === "ThreadTime").value * 1000;
};
/** Bytes of the memories of WebAssembly. */
const wasm = async () => {
  const { result } = await tools("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objects } = await tools("Runtime.queryObjects", { prototypeObjectId: result.objectId });
  const sum = "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }";
  const answer = await tools("Runtime.callFunctionOn", { objectId: objects.objectId, functionDeclaration: sum, returnByValue: true });
  return answer.result.value;
};
try {
  await tools("Performance.enable", { timeDomain: "threadTicks" });
  await browser.prepare(GAPS);
  const url = `http://127.0.0.1:${server.address().port}/page/?trace=long.lscope`;
  const began = Date.now();
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
  await browser.go(url);
  await browser.until(`document.querySelector("[data-testid=step-number]") !== null`);
  console.log(`   first picture after ${seconds()}`);
  // Pictures of a run that is being read come ever more seldom.
  let last = -1;
  for (let since = Date.now(); Date.now() - since < 10_000; await new Promise((done) => setTimeout(done, 500))) {
    const max = Number(await browser.run(`return document.querySelector("[data-testid=scrubber]").max`));
    if (max !== last) since = Date.now();
    last = max;
  }
  console.log(`   ${await browser.run(`return document.querySelector("[data-testid=lanes]").getAttribute("aria-label")`)}`);
  row("frame times, ms", "middle", "p95", "most", "over 20 ms", "work");
  row("while it is read", ...frames(await browser.run("return window.gaps")));
  for (const axis of ["steps", "clock"]) {
    if (axis === "clock") await browser.run(`${key("t")}`);
    for (const [name, act, before = "", after = ""] of ACTS) {
      await browser.run(before);
      await browser.later("await new Promise((done) => setTimeout(done, 300))");
      const start = await worked();
      const took = await browser.later(`return await (${WATCH})(${FRAMES}, (i) => { ${act} })`);
      const work = ((await worked()) - start) / FRAMES;
      await browser.run(after);
      row(`${name}, ${axis}`, ...frames(took), ms(work));
    }
    const seeks = await browser.later(`return await (${SEEK})(${SEEKS})`);
    row(`seek anywhere, ${axis}`, ...frames(seeks));
  }
  const heap = await browser.run("return performance.memory?.usedJSHeapSize ?? 0");
  console.log(`   memory: ${(heap / 1e6).toFixed(0)} MB of JavaScript, ${((await wasm()) / 1e6).toFixed(0)} MB of WebAssembly, of it ${(readFileSync(trace).length / 1e6).toFixed(0)} MB the trace`);
} finally {
  await browser.close().catch(() => {});
  server.close();
}
