// Where the run is: the line of the running task, the lines that its step ran, and the tasks that are paused at lines.
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, WidgetType, gutterLineClass } from "@codemirror/view";

/// `{ now, seen, marks, room }`; the room of a line is in letters.
export const setPlace = StateEffect.define();

const SVG = "http://www.w3.org/2000/svg";

/// A drawing of the page's sprite.
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "use"));
  svg.firstChild.setAttribute("href", name);
  return svg;
}

/// The tasks that are paused at one line.
class Marks extends WidgetType {
  constructor(marks, tight) {
    super();
    this.marks = marks;
    this.tight = tight;
  }
  eq(other) {
    return other.tight === this.tight && other.marks.join("\0") === this.marks.join("\0");
  }
  toDOM() {
    // As wide as the line, so that the marks can stay at the right of what is in view.
    const whole = document.createElement("span");
    whole.className = this.tight ? "marksof tight" : "marksof";
    whole.setAttribute("aria-hidden", "true");
    const all = document.createElement("span");
    all.className = "marks";
    whole.append(all);
    for (let at = 0; at < this.marks.length; at += 4) {
      const [family, drawing, label, names] = this.marks.slice(at, at + 4);
      const mark = document.createElement("span");
      mark.className = `mark ${family}`;
      mark.title = `${names}: ${label}`;
      mark.append(icon(drawing));
      if (!this.tight) mark.append(names);
      all.append(mark);
    }
    return whole;
  }
  ignoreEvent() {
    return true;
  }
}

/// Letters that marks need: each has an icon, and room around it.
const needed = (marks) => marks.reduce((sum, part, at) => sum + (at % 4 === 3 ? part.length + 4 : 0), 1);

class Beside extends GutterMarker {
  constructor(name) {
    super();
    this.elementClass = name;
  }
}
const beside = { now: new Beside("seen now"), seen: new Beside("seen") };
const now = Decoration.line({ class: "now" });

function shown(doc, { now: here, seen, marks, room }) {
  const inside = (line) => line > 0 && line <= doc.lines;
  const lines = [];
  if (inside(here)) lines.push(now.range(doc.line(here).from));
  const byLine = new Map();
  for (let at = 0; at < marks.length; at += 5) {
    const line = Number(marks[at]);
    if (inside(line)) byLine.set(line, [...(byLine.get(line) ?? []), ...marks.slice(at + 1, at + 5)]);
  }
  for (const [number, all] of byLine) {
    const line = doc.line(number);
    // Names may cover comments, but no code.
    const code = line.text.replace(/\s*#[^"']*$/, "").length;
    const widget = new Marks(all, code + needed(all) > room);
    lines.push(Decoration.widget({ widget, side: 1 }).range(line.to));
  }
  const ran = new Set([...seen, here]);
  const rail = [...ran].filter(inside).map((line) => beside[line === here ? "now" : "seen"].range(doc.line(line).from));
  return { lines: Decoration.set(lines, true), rail: RangeSet.of(rail, true) };
}

export const place = StateField.define({
  create: () => ({ lines: Decoration.none, rail: RangeSet.empty }),
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setPlace)) return shown(transaction.newDoc, effect.value);
    }
    if (!transaction.docChanged) return value;
    return { lines: value.lines.map(transaction.changes), rail: value.rail.map(transaction.changes) };
  },
  provide: (self) => [
    EditorView.decorations.from(self, (value) => value.lines),
    gutterLineClass.from(self, (value) => value.rail),
  ],
});
