// Makes the built page smaller to download, as Trunk's last step of a release: node scripts/slim.mjs FOLDER
//
// The page's code goes through wasm-opt, its glue through esbuild. Functions that resemble each other are put side
// by side, which takes one part in fifty away. wasm-bindgen gives each function that crosses
// between them a long name with a hash, which nothing can compress: a number of the same length says as much.
// The engine stays as it is, because wasm-opt makes it larger as brotli.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { nameByLikeness } from "./alike.mjs";

const [folder] = process.argv.slice(2);
const find = (shape) => join(folder, readdirSync(folder).find((file) => shape.test(file)));
const wasm = find(/^loopscope-app.*\.wasm$/);
const glue = find(/^loopscope-app.*\.js$/);

// What Rust emits for wasm32, and every browser knows.
const features = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];
const enabled = features.map((feature) => `--enable-${feature}`);
const optimize = (...options) => execFileSync("node_modules/.bin/wasm-opt", [...options, ...enabled, wasm, "-o", wasm], { stdio: "inherit" });
optimize("-O2", "--low-memory-unused");
nameByLikeness(wasm);
optimize("--reorder-functions-by-name", "--strip-debug");

// As bytes: each replacement is as long as what it replaces.
const texts = [wasm, glue].map((file) => readFileSync(file, "latin1"));
const names = [...new Set(texts[1].match(/__wbg_\w+_[0-9a-f]{16}\b/g))];
const short = new Map(names.map((name, number) => [name, `__wbg_${`${number}`.padStart(name.length - 6, "0")}`]));
const [code, script] = texts.map((text) => text.replace(/__wbg_\w+?_[0-9a-f]{16}/g, (name) => short.get(name) ?? name));
writeFileSync(wasm, code, "latin1");
const { code: small } = transformSync(Buffer.from(script, "latin1").toString(), { minify: true, format: "esm" });
writeFileSync(glue, small);
