// A static file server on the first free port from the wished one on: node scripts/serve.mjs FOLDER PORT
//
// The page needs nothing but files and their types; `trunk serve` does as well, and rebuilds while you work.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const [root, wished] = [process.argv[2], Number(process.argv[3])];

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".py": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm", // WebAssembly.compileStreaming takes no other type
  ".woff2": "font/woff2",
};

/** The file that a URL names, or undefined. A normalised absolute path cannot climb out of the root. */
function fileOf(url) {
  try {
    const path = normalize(decodeURIComponent(new URL(url, "http://localhost").pathname));
    const file = join(root, path.endsWith("/") ? `${path}index.html` : path);
    return statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

const server = createServer((request, response) => {
  const file = fileOf(request.url);
  if (!file) {
    response.writeHead(404).end();
    return;
  }
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-cache" });
  createReadStream(file).pipe(response);
});

let port = wished;
server.on("error", (error) => {
  if (error.code !== "EADDRINUSE" || port >= wished + 100) throw error;
  port += 1;
  server.listen(port, "127.0.0.1");
});
server.on("listening", () => {
  if (port !== wished) console.log(`   port ${wished} is taken`);
  console.log(`\nLoopscope is at http://127.0.0.1:${port}/  (Ctrl-C ends it)`);
});
server.listen(port, "127.0.0.1");
