// Puts functions of a WebAssembly module that resemble each other side by side.
//
// What repeats nearby costs brotli less than what repeats far away, and the compiler leaves functions in the
// order in which it met them. A function is as good as another's neighbour as the instructions that they share:
// how many that are is told by the least hashes of all runs of three bytes (MinHash). From each function on, the
// most similar one that is left comes next. Nothing but the order changes, and the same module gives the same order.
import { readFileSync, writeFileSync } from "node:fs";

/** Hashes that are kept of a function: more tell better, and take longer. */
const HASHES = 128;
const IMPORTS = 2;
const CODE = 10;

/** Reads a module from a place on. */
class Reader {
  constructor(bytes, at) {
    [this.bytes, this.at] = [bytes, at];
  }

  /** A number of seven bits a byte. */
  number() {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = this.bytes[this.at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
      shift += 7;
    }
  }

  part() {
    const length = this.number();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  limits() {
    const bounded = this.number() & 1;
    for (let count = bounded ? 2 : 1; count > 0; count -= 1) this.number();
  }
}

/** How many functions are imported. */
function imported(section) {
  const reader = new Reader(section, 0);
  let functions = 0;
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.part();
    reader.part();
    const kind = reader.number();
    if (kind === 0) {
      functions += 1;
      reader.number();
    } else if (kind === 3) {
      reader.at += 2;
    } else {
      if (kind === 1) reader.at += 1;
      reader.limits();
    }
  }
  return functions;
}

function sections(module) {
  const reader = new Reader(module, 8);
  const found = new Map();
  while (reader.at < module.length) {
    const kind = reader.number();
    found.set(kind, reader.part());
  }
  return found;
}

function bodies(section) {
  const reader = new Reader(section, 0);
  return Array.from({ length: reader.number() }, () => reader.part());
}

/** The least hashes of a function's runs of three bytes. */
function signature(body) {
  const least = new Uint32Array(HASHES).fill(0xffffffff);
  for (let at = 0; at + 3 <= body.length; at += 1) {
    const run = Math.imul(body[at] | (body[at + 1] << 8) | (body[at + 2] << 16), 0x9e3779b1);
    for (let place = 0; place < HASHES; place += 1) {
      let hash = Math.imul(run ^ Math.imul(place + 1, 0x27d4eb2f), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
      hash = (hash ^ (hash >>> 13)) >>> 0;
      if (hash < least[place]) least[place] = hash;
    }
  }
  return least;
}

/** Functions in the order in which they shall stand. */
function chain(signatures) {
  const left = new Set(signatures.keys());
  const order = [];
  for (let here = 0; ; ) {
    left.delete(here);
    order.push(here);
    if (left.size === 0) return order;
    let [best, next] = [-1, here];
    for (const other of left) {
      let shared = 0;
      for (let place = 0; place < HASHES; place += 1) {
        if (signatures[here][place] === signatures[other][place]) shared += 1;
      }
      if (shared > best) [best, next] = [shared, other];
    }
    here = next;
  }
}

const written = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...written(value >>> 7)]);
const sized = (bytes) => Buffer.concat([Buffer.from(written(bytes.length)), bytes]);

/** Names the functions of a module so that they shall be sorted by name. */
export function nameByLikeness(file) {
  const module = readFileSync(file);
  const parts = sections(module);
  const before = imported(parts.get(IMPORTS));
  const order = chain(bodies(parts.get(CODE)).map(signature));
  const rank = new Map(order.map((place, number) => [place, number]));
  const name = (index) => (index < before ? `a${index}` : `b${`${rank.get(index - before)}`.padStart(6, "0")}`);
  const all = before + order.length;
  const names = Array.from({ length: all }, (_, index) => Buffer.concat([Buffer.from(written(index)), sized(Buffer.from(name(index)))]));
  const functions = Buffer.concat([Buffer.from([1]), sized(Buffer.concat([Buffer.from(written(all)), ...names]))]);
  const section = Buffer.concat([sized(Buffer.from("name")), functions]);
  writeFileSync(file, Buffer.concat([module, Buffer.from([0]), sized(section)]));
}
