// Lines at which playing pauses. They move with the text.
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, WidgetType, gutter } from "@codemirror/view";

/// These lines, and no others.
export const stopAt = StateEffect.define();

/// Where the lines begin, in order.
const places = StateField.define({
  create: () => [],
  update(value, transaction) {
    const { newDoc: doc, changes } = transaction;
    let moved = value;
    if (transaction.docChanged) {
      // A line that is pushed down by a new one above keeps its mark.
      const starts = value.map((at) => doc.lineAt(changes.mapPos(at, 1)).from);
      moved = [...new Set(starts)];
    }
    for (const effect of transaction.effects) {
      if (effect.is(stopAt)) moved = effect.value.map((line) => doc.line(line).from);
    }
    return moved;
  },
});

export const linesOf = (state) => state.field(places).map((at) => state.doc.lineAt(at).number);

/// Sets a breakpoint, or takes it away, and says so.
export function toggle(view, line, words) {
  const lines = linesOf(view.state);
  const set = !lines.includes(line);
  const then = set ? [...lines, line].sort((one, other) => one - other) : lines.filter((other) => other !== line);
  const told = words[set ? 1 : 3].replace("{n}", line);
  view.dispatch({ effects: [stopAt.of(then), EditorView.announce.of(told)] });
  return true;
}

class Stop extends GutterMarker {
  elementClass = "stop";
}
const stop = new Stop();

/// The word for whoever hears the text instead of seeing the mark beside it.
class Word extends WidgetType {
  constructor(word) {
    super();
    this.word = word;
  }
  eq(other) {
    return other.word === this.word;
  }
  toDOM() {
    const element = document.createElement("span");
    element.className = "unseen";
    element.textContent = `${this.word} `;
    return element;
  }
}

/// The marks beside the lines, and the gesture that sets them.
export const breakpoints = (onclick, word) => [
  places,
  gutter({
    class: "cm-stops",
    renderEmptyElements: true,
    markers: (view) => RangeSet.of(view.state.field(places).map((at) => stop.range(at))),
    initialSpacer: () => stop,
    domEventHandlers: { click: (view, block) => onclick(view, view.state.doc.lineAt(block.from).number) },
  }),
  EditorView.decorations.compute([places], (state) =>
    Decoration.set(state.field(places).map((at) => Decoration.widget({ widget: new Word(word() ?? "") }).range(at))),
  ),
];
