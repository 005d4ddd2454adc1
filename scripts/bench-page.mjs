// How long a visitor waits, in headless Chromium: node scripts/bench-page.mjs DIST
//
// Two pages, each opened afresh some times with an empty cache: ours, where the first picture and
// the end of a live run of the default scenario are waited for (the button is pressed as soon as
// it is there), and one that loads Pyodide and runs the same program. Prints one JSON line.
import { spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { createRequire } from "node:module";

const dist = process.argv[2];
const RUNS = 3;
const PATIENCE = 120_000;
const pyodide = dirname(createRequire(import.meta.url).resolve("pyodide"));

const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Pyodide sleeps in real time where we only move a clock; both get the program as it is, and the table says so. */
const peerPage = (source) => `<!DOCTYPE html><meta charset="utf-8"><script type="module">
import { loadPyodide } from "./pyodide.mjs";
const python = await loadPyodide();
const loaded = performance.now();
await python.runPythonAsync(${JSON.stringify(source).replaceAll("<", "\\u003c")});
window.figures = { loaded, ended: performance.now() };
</script>`;

function serve(pages) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    const [, top, ...rest] = path.split("/");
    const page = pages[top];
    const name = rest.join("/") || "index.html";
    try {
      const made = page?.made?.[name];
      const file = page && !made && join(page.folder, name);
      if (!page || (file && !statSync(file).isFile())) throw new Error("nothing there");
      const body = made ?? readFileSync(file);
      response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "application/octet-stream", "Cache-Control": "no-store" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(server)));
}

/** As much of the WebDriver protocol as is needed here. */
class Browser {
  static async open() {
    const port = 20_000 + (process.pid % 20_000);
    const driver = spawn(process.env.CHROMEDRIVER ?? "chromedriver", [`--port=${port}`], { stdio: "ignore" });
    const browser = new Browser(driver, `http://127.0.0.1:${port}`);
    for (let tries = 0; ; tries += 1) {
      try {
        await browser.ask("GET", "/status");
        break;
      } catch (error) {
        if (tries > 100) throw error;
        await sleep(50);
      }
    }
    const args = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1440,900"];
    const capabilities = { alwaysMatch: { browserName: "chrome", "goog:chromeOptions": { args } } };
    browser.session = (await browser.ask("POST", "/session", { capabilities })).sessionId;
    await browser.ask("POST", browser.path("/timeouts"), { script: PATIENCE, pageLoad: PATIENCE });
    return browser;
  }

  constructor(driver, address) {
    this.driver = driver;
    this.address = address;
  }

  path(rest) {
    return `/session/${this.session}${rest}`;
  }

  async ask(method, path, body) {
    const response = await fetch(this.address + path, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${value.message}`);
    return value;
  }

  go(url) {
    return this.ask("POST", this.path("/url"), { url });
  }

  /** Runs a script in every page before any of the page's own. */
  prepare(source) {
    return this.ask("POST", this.path("/goog/cdp/execute"), { cmd: "Page.addScriptToEvaluateOnNewDocument", params: { source } });
  }

  /** The figures that a page leaves in `window.figures` when it is through. */
  async figures() {
    for (const began = Date.now(); Date.now() - began < PATIENCE; await sleep(50)) {
      const script = "return window.figures ?? null";
      const found = await this.ask("POST", this.path("/execute/sync"), { script, args: [] });
      if (found) return found;
    }
    throw new Error("the page is not through in time");
  }

  async close() {
    if (this.session) await this.ask("DELETE", this.path(""));
    this.driver.kill();
  }
}

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
