// What the timeline costs in a browser: node scripts/bench-timeline.mjs DIST TRACE
//
// Opens the built page with TRACE in place of the first recorded run and prints frame times while
// zooming, panning, scrubbing and playing, the time from a seek to its picture, and memory.
import { readFileSync } from "node:fs";
import { Browser, serve } from "./browser.mjs";

const [dist, trace] = process.argv.slice(2);
const bytes = readFileSync(trace);
const STEPS = 60;

/** Runs in the page: does something once a frame, and tells how long the frames took. */
const FRAMES = `async (times, act) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const took = [];
  await frame();
  let last = performance.now();
  for (let i = 0; i < times; i += 1) {
    act(i);
    const now = await frame();
    took.push(now - last);
    last = now;
  }
  took.sort((a, b) => a - b);
  const at = (p) => took[Math.min(took.length - 1, Math.floor(took.length * p))];
  return { middle: at(0.5), p95: at(0.95), most: took.at(-1), over20: took.filter((t) => t > 20.5).length };
}`;

/** What is done, by name: code that gets \`i\` and finds the page's parts. */
const lanes = `document.querySelector("[data-testid=lanes]").parentElement`;
const wheel = (by) =>
  `${lanes}.dispatchEvent(new WheelEvent("wheel", { deltaY: ${by}, ctrlKey: true, bubbles: true, cancelable: true, clientX: 900, clientY: 600 }))`;
const pan = `${lanes}.dispatchEvent(new WheelEvent("wheel", { deltaY: i % 40 < 20 ? 30 : -30, shiftKey: true, bubbles: true, cancelable: true }))`;
const scrub = `{
  const input = document.querySelector("[data-testid=scrubber]");
  input.value = Math.floor(Number(input.max) * (0.1 + 0.8 * ((i * 37) % ${STEPS}) / ${STEPS}));
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}`;
const drag = `{
  const input = document.querySelector("[data-testid=scrubber]");
  input.value = Math.floor(Number(input.max) * (0.3 + 0.002 * i));
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}`;
const key = (name) => `document.querySelector(".page").dispatchEvent(new KeyboardEvent("keydown", { key: "${name}", bubbles: true }))`;
const scroll = `document.querySelector(".tlscroll").scrollTop = i * 300`;

const ACTS = [
  ["zoom in, steps", wheel(-60)],
  ["pan near, steps", pan],
  ["zoom out, steps", wheel(60)],
  ["scroll lanes, whole run", scroll],
  ["pan, whole run", pan],
  ["step on", key("ArrowRight")],
  ["drag the scrubber", drag],
  ["seek anywhere", scrub],
];

const server = await serve({ page: { folder: dist, made: { ["traces/producer_consumer.lscope"]: bytes } } });
const browser = await Browser.open();
try {
  const url = `http://127.0.0.1:${server.address().port}/page/`;
  const began = Date.now();
  await browser.go(url);
  await browser.until(`document.querySelector("[data-testid=step-number]") !== null`);
  const tasks = await browser.run(`return document.querySelector("[data-testid=lanes]").getAttribute("aria-label")`);
  console.log(`   ${tasks}`);
  console.log(`   opened in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  const row = (name, ...cells) => console.log(`   ${name.padEnd(30)}${cells.map((cell) => String(cell).padStart(12)).join("")}`);
  row("frame times, ms", "middle", "p95", "most", "over 20 ms");
  for (const axis of ["steps", "clock"]) {
    if (axis === "clock") await browser.run(`${key("0")}; ${key("t")}`);
    for (const [name, act] of ACTS) {
      const figures = await browser.later(`return await (${FRAMES})(${STEPS}, (i) => { ${act} })`);
      const ms = (value) => value.toFixed(1);
      row(`${name.replace("steps", axis)}`, ms(figures.middle), ms(figures.p95), ms(figures.most), `${figures.over20} of ${STEPS}`);
    }
  }
  const heap = await browser.run("return performance.memory?.usedJSHeapSize ?? 0");
  console.log(`   memory of the page: ${(heap / 1e6).toFixed(0)} MB`);
} finally {
  await browser.close().catch(() => {});
  server.close();
}
