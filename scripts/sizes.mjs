// Prints what a visitor downloads, raw, gzipped and as brotli, and fails when a goal is missed.
//
// Brotli at its best takes half a minute for the engine, so sizes are kept by content.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const DIST = "dist";
const CACHE = join(process.env.CARGO_TARGET_DIR ?? "target", "sizes.json");

/** Parts of the download, and the brotli size (bytes) each must stay within. */
const PARTS = [
  { name: "page", goal: 300_000, holds: (f) => /^loopscope-app.*\.(js|wasm)$/.test(f) },
  { name: "engine", goal: 4_000_000, holds: (f) => /^loopscope-engine.*\.(js|wasm)$/.test(f) },
  { name: "editor", goal: 120_000, holds: (f) => f === "codemirror.js" },
];

function readCache() {
  try {
    return JSON.parse(readFileSync(CACHE, "utf8"));
  } catch {
    return {};
  }
}

const known = readCache();
const kept = {};

function measure(file) {
  const bytes = readFileSync(join(DIST, file));
  const key = createHash("sha256").update(bytes).digest("hex");
  kept[key] = known[key] ?? {
    raw: bytes.length,
    gz: gzipSync(bytes, { level: 9 }).length,
    br: brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }).length,
  };
  return kept[key];
}

const row = (name, ...cells) => console.log(`   ${name.padEnd(46)}${cells.map((c) => String(c).padStart(14)).join("")}`);
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;

const files = readdirSync(DIST);
let missed = 0;
row("", "raw", "gzip -9", "brotli -q 11");
for (const { name, goal, holds } of PARTS) {
  const sum = { raw: 0, gz: 0, br: 0 };
  const mine = files.filter(holds).sort();
  if (name === "editor" ? mine.length === 0 : !mine.some((file) => file.endsWith(".wasm"))) {
    throw new Error(`dist/ holds no code of the ${name}`);
  }
  for (const file of mine) {
    const size = measure(file);
    for (const form of Object.keys(sum)) sum[form] += size[form];
    row(file, kb(size.raw), kb(size.gz), kb(size.br));
  }
  const fits = sum.br <= goal;
  if (!fits) missed += 1;
  row(`${name} (goal: brotli within ${kb(goal)}${fits ? "" : ", MISSED"})`, kb(sum.raw), kb(sum.gz), kb(sum.br));
}
mkdirSync(dirname(CACHE), { recursive: true });
writeFileSync(CACHE, JSON.stringify(kept));
process.exitCode = missed;
