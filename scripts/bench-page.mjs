// How long a visitor waits, in headless Chromium: node scripts/bench-page.mjs DIST
//
// Two pages, each opened afresh some times with an empty cache: ours, where the first picture and
// the end of a live run of the default scenario are waited for (the button is pressed as soon as
// it is there), and one that loads Pyodide and runs the same program. Prints one JSON line.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { Browser, serve } from "./browser.mjs";

const dist = process.argv[2];
const RUNS = 3;
const pyodide = dirname(createRequire(import.meta.url).resolve("pyodide"));

/** Pyodide sleeps in real time where we only move a clock; both get the program as it is, and the table says so. */
const peerPage = (source) => `<!DOCTYPE html><meta charset="utf-8"><script type="module">
import { loadPyodide } from "./pyodide.mjs";
const python = await loadPyodide();
const loaded = performance.now();
await python.runPythonAsync(${JSON.stringify(source).replaceAll("<", "\\u003c")});
window.figures = { loaded, ended: performance.now() };
</script>`;

/** Watches our page: first picture, button, end of the run. The frame after a change has painted it. */
const WATCH = `(() => {
  if (!location.pathname.startsWith("/page/")) return;
  const seen = {}, painted = (name) => requestAnimationFrame(() => setTimeout(() => (seen[name] = performance.now())));
  const at = (id) => document.querySelector('[data-testid="' + id + '"]');
  const look = () => {
    if (!("picture" in seen) && document.querySelector("section.board[aria-label]")) {
      seen.picture = 0;
      painted("picture");
    }
    if (!seen.pressed && seen.picture && at("run")) {
      seen.program = at("scenario")?.value;
      seen.pressed = performance.now();
      at("run").click();
    } else if (seen.pressed && !seen.busy && at("stop")) {
      seen.busy = true;
    } else if (seen.busy && !seen.through && at("run")) {
      seen.through = true;
      painted("ended");
    }
    if (seen.ended) window.figures = seen;
    else setTimeout(look, 4);
  };
  look();
})()`;

const least = (runs, name) => Math.min(...runs.map((run) => run[name])) / 1000;

async function repeat(browser, url) {
  const runs = [];
  for (let i = 0; i < RUNS; i += 1) {
    await browser.go(url);
    runs.push(await browser.figures());
    await browser.go("about:blank");
  }
  return runs;
}

const browser = await Browser.open();
const pages = { page: { folder: dist }, peer: { folder: pyodide, made: {} } };
const server = await serve(pages);
try {
  const address = `http://127.0.0.1:${server.address().port}`;
  await browser.prepare(WATCH);
  const ours = await repeat(browser, `${address}/page/`);
  const { program } = ours[0];
  const source = readFileSync(join(dist, "scenarios", program), "utf8");
  pages.peer.made["index.html"] = peerPage(source.replace("asyncio.run(main())", "await main()"));
  const theirs = await repeat(browser, `${address}/peer/`);
  const figures = {
    program,
    picture: least(ours, "picture"),
    pressed: least(ours, "pressed"),
    ended: least(ours, "ended"),
    peerLoaded: least(theirs, "loaded"),
    peerEnded: least(theirs, "ended"),
  };
  console.log(JSON.stringify(figures));
} finally {
  await browser.close().catch(() => {});
  server.close();
}
