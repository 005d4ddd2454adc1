// What is wrong with a line: the place is underlined, and the message stands below the line, where touch finds it too.
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, WidgetType, gutterLineClass } from "@codemirror/view";
import { icon } from "./place.js";

/// `{ line, column, message }`; line 0 is none, column 0 is the whole line.
export const setMistake = StateEffect.define();

class Message extends WidgetType {
  constructor(message) {
    super();
    this.message = message;
  }
  eq(other) {
    return other.message === this.message;
  }
  toDOM() {
    const element = document.createElement("div");
    element.className = "cm-message";
    element.dataset.testid = "mistake";
    element.append(icon("#i-failed"), this.message);
    return element;
  }
}

class Beside extends GutterMarker {
  elementClass = "err";
}
const beside = new Beside();

/// The word at a column; the whole line where no column is told, or where something is missing at its end.
function extent(line, column) {
  const begin = line.text.search(/\S|$/);
  const end = line.text.trimEnd().length;
  const at = column - 1;
  if (at < begin || at >= end) return [line.from + begin, line.from + end];
  const word = line.text.slice(at).search(/\W|$/);
  return [line.from + at, line.from + at + Math.max(1, word)];
}

const nothing = { text: Decoration.none, number: RangeSet.empty };

function shown(doc, { line: number, column, message }) {
  if (number < 1 || number > doc.lines) return nothing;
  const line = doc.line(number);
  const [from, to] = extent(line, column);
  const parts = [Decoration.line({ class: "err" }).range(line.from)];
  if (from < to) parts.push(Decoration.mark({ class: "wrong", attributes: { title: message } }).range(from, to));
  parts.push(Decoration.widget({ widget: new Message(message), block: true, side: 2 }).range(line.to));
  return { text: Decoration.set(parts, true), number: RangeSet.of(beside.range(line.from)) };
}

export const mistake = StateField.define({
  create: () => nothing,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMistake)) return shown(transaction.newDoc, effect.value);
    }
    return { text: value.text.map(transaction.changes), number: value.number.map(transaction.changes) };
  },
  provide: (self) => [
    EditorView.decorations.from(self, (value) => value.text),
    gutterLineClass.from(self, (value) => value.number),
  ],
});
