// The editor: CodeMirror, and what the page wants to see in it.
//
// The page asks for this file once its first picture stands, and keeps its plain text area where the
// file cannot be had. All state of a run comes from the page; what happens here is told to it through
// `hear(kind, text)`: an edit, a wish to run, breakpoints, a line to go to. Text, selection, history
// and breakpoints, which move with the text, are kept here.
import { Annotation, EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore, undo, undoDepth } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { breakpoints, linesOf, stopAt, toggle } from "./breakpoints.js";
import { mistake, setMistake } from "./mistake.js";
import { place, setPlace } from "./place.js";
import { highlighting, python } from "./python.js";
import { theme } from "./theme.js";

/// Marks what the page changes: it need not be told of that.
const byPage = Annotation.define();

/// Brings a line into view, in one cut, when it is another one than before.
const bring = (view, line, before) =>
  line > 0 && line !== before && line <= view.state.doc.lines
    ? [EditorView.scrollIntoView(view.state.doc.line(line).from, { y: "nearest", yMargin: 60 })]
    : [];

const lineOf = (view) => view.state.doc.lineAt(view.state.selection.main.head).number;

/// The smallest change that makes one text the other, so that cursor and breakpoints stay where they can.
function difference(from, to) {
  const most = Math.min(from.length, to.length);
  let head = 0;
  while (head < most && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < most - head && from.at(-1 - tail) === to.at(-1 - tail)) tail += 1;
  return { from: head, to: from.length - tail, insert: to.slice(head, to.length - tail) };
}

/// Milliseconds between two looks of the marks while steps follow each other faster than anybody reads.
const CALM_MS = 100;

const equal = (one, other) => `${one.now} ${one.seen}` === `${other.now} ${other.seen}` && one.marks.join("\0") === other.marks.join("\0");

/// Puts an editor into an element of the page.
export function mount(host, hear) {
  let words = [];
  let opened;
  let stops = "";
  let seat = { now: 0, seen: [], marks: [] };
  /// What of it is drawn, and the wait until the next may be.
  let drawn;
  let calm = 0;
  let room = 0;
  /// The lines that were brought into view last.
  let here = 0;
  let mistaken = 0;

  const say = (kind, text = "") => {
    hear(kind, text);
    return true;
  };
  const keys = [
    { key: "Mod-Enter", run: () => say("run") },
    { key: "Escape", run: () => say("leave") },
    { key: "Tab", run: indentMore, shift: indentLess },
    { key: "F9", run: (view) => toggle(view, lineOf(view), words) },
    { key: "Ctrl-F10", run: (view) => say("line", `${lineOf(view)}`) },
    // Where nothing is left to undo here, the page may have something: the program that was there before.
    { key: "Mod-z", run: (view) => undo(view) || say("back"), preventDefault: true },
  ];
  /// Letters for which a line has room.
  const measured = (view) => {
    const beside = view.contentDOM.previousElementSibling.offsetWidth;
    return Math.floor((view.scrollDOM.clientWidth - beside) / view.defaultCharacterWidth);
  };
  const heard = EditorView.updateListener.of((update) => {
    if (update.docChanged && !update.transactions.some((transaction) => transaction.annotation(byPage))) {
      say("edit", update.state.doc.toString());
    }
    if (update.geometryChanged && measured(update.view) !== room) {
      room = measured(update.view);
      queueMicrotask(() => view.dispatch({ effects: setPlace.of({ ...seat, room }) }));
    }
    const lines = linesOf(update.state).join();
    if (lines !== stops) {
      stops = lines;
      say("stops", lines);
    }
  });
  const extensions = [
    Prec.highest(keymap.of(keys)),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    history(),
    indentUnit.of("    "),
    indentOnInput(),
    bracketMatching(),
    python,
    highlighting,
    breakpoints((view, line) => toggle(view, line, words), () => words[2]),
    lineNumbers({
      domEventHandlers: { click: (view, block) => say("line", `${view.state.doc.lineAt(block.from).number}`) },
    }),
    place,
    mistake,
    theme,
    EditorView.contentAttributes.of(() => ({
      "data-testid": "source",
      // It can have the focus without this, but checkers of scrolling regions do not know.
      tabindex: "0",
      "aria-label": words[0] ?? "",
      "aria-describedby": "editor-keys",
    })),
    heard,
  ];
  const fresh = (doc) => EditorState.create({ doc, extensions });
  const view = new EditorView({ parent: host, state: fresh("") });
  const text = () => view.state.doc.toString();
  /// Draws where the run is: at once, unless it has just been drawn.
  const draw = () => {
    if (calm || (drawn && equal(drawn, seat))) return;
    drawn = seat;
    view.dispatch({ effects: [setPlace.of({ ...seat, room }), ...bring(view, seat.now, here)] });
    here = seat.now;
    calm = setTimeout(() => {
      calm = 0;
      draw();
    }, CALM_MS);
  };
  // It reads as the text area does, to whoever asks the document.
  Object.defineProperty(view.contentDOM, "value", { get: text });

  return {
    /// Shows a program. Another one has a history of its own.
    open(program, source) {
      const same = program === opened && (view.state.doc.length > 0 || undoDepth(view.state) > 0);
      opened = program;
      if (same && source !== text()) {
        view.dispatch({ changes: difference(text(), source), annotations: byPage.of(true) });
      } else if (!same) {
        [stops, here, mistaken, drawn] = ["", 0, 0, undefined];
        clearTimeout(calm);
        calm = 0;
        view.setState(fresh(source));
      }
    },
    /// What is said in the language of the page: the name of the text; what is told when a breakpoint is set and
    /// taken away; what a breakpoint is called; what clicks beside the lines do.
    speak(all) {
      const columns = [[".cm-stops", all[4]], [".cm-lineNumbers", all[5]]];
      for (const [column, title] of columns) view.dom.querySelector(column).title = title;
      if (all.join() === words.join()) return;
      words = all;
      // Attributes and words of the lines are read anew.
      view.dispatch({ effects: stopAt.of(linesOf(view.state)) });
    },
    /// Where the run is: the line that it rests at, the lines that this step ran, and the tasks that are paused at lines,
    /// five texts each: line, family of the state, icon, label, names.
    mark(now, seen, marks) {
      // The lines come as a view of the page's memory, which is gone as soon as that memory grows.
      seat = { now, seen: [...seen], marks };
      draw();
    },
    /// What is wrong with a line, or nothing at line 0.
    wrong(line, column, message) {
      if (line === 0 && mistaken === 0) return;
      view.dispatch({ effects: [setMistake.of({ line, column, message }), ...bring(view, line, mistaken)] });
      mistaken = line;
    },
    destroy() {
      clearTimeout(calm);
      view.destroy();
    },
  };
}
