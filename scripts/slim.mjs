// Makes the built page smaller to download, as Trunk's last step of a release: node scripts/slim.mjs FOLDER
//
// The page's code goes through wasm-opt, its glue through esbuild. wasm-bindgen marks each function that
// crosses between them by a hash, which nothing can compress: a number of the same length says as much. The
// engine stays as it is, because wasm-opt makes it larger as brotli.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";

const [folder] = process.argv.slice(2);
const find = (shape) => join(folder, readdirSync(folder).find((file) => shape.test(file)));
const wasm = find(/^loopscope-app.*\.wasm$/);
const glue = find(/^loopscope-app.*\.js$/);

execFileSync("node_modules/.bin/wasm-opt", ["-O2", "--low-memory-unused", "--all-features", wasm, "-o", wasm], { stdio: "inherit" });

// As bytes: each replacement is as long as what it replaces.
const texts = [wasm, glue].map((file) => readFileSync(file, "latin1"));
const hashes = new Set(texts[1].match(/(?<=__wbg_\w+_)[0-9a-f]{16}\b/g));
const numbers = new Map([...hashes].map((hash, number) => [hash, `${number}`.padStart(16, "0")]));
const [code, script] = texts.map((text) =>
  text.replace(/(?<=__wbg_\w+_)[0-9a-f]{16}/g, (hash) => numbers.get(hash) ?? hash),
);
writeFileSync(wasm, code, "latin1");
const { code: small } = transformSync(Buffer.from(script, "latin1").toString(), { minify: true, format: "esm" });
writeFileSync(glue, small);
