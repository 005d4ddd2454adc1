// A headless Chromium, and a server of files on a free port: what the benchmarks of pages share.
import { spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const PATIENCE = 120_000;

const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Serves pages by name: a folder, and what is made up instead of its files. */
export function serve(pages) {
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
export class Browser {
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

  /** Runs a script in the page and returns what it returns. */
  run(script) {
    return this.ask("POST", this.path("/execute/sync"), { script, args: [] });
  }

  /** The same for a script that awaits. */
  async later(code) {
    const script = `const done = arguments[0]; (async () => { ${code} })().then(done, (error) => done({ error: String(error) }))`;
    const answer = await this.ask("POST", this.path("/execute/async"), { script, args: [] });
    if (answer?.error) throw new Error(answer.error);
    return answer;
  }

  async until(what) {
    for (const began = Date.now(); Date.now() - began < PATIENCE; await sleep(50)) {
      if (await this.run(`return ${what}`)) return;
    }
    throw new Error(`waited in vain for ${what}`);
  }

  async close() {
    if (this.session) await this.ask("DELETE", this.path(""));
    this.driver.kill();
  }
}
