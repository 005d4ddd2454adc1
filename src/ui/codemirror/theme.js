// How the editor looks: every colour is a token of the page, so both themes and strong contrast are the page's own.
import { EditorView } from "@codemirror/view";

const rail = { content: '""', position: "absolute", right: "3px", top: 0, bottom: 0, width: "2px", background: "var(--run-edge)" };

export const theme = EditorView.theme({
  "&": { flex: 1, minHeight: 0, minWidth: 0, color: "var(--ink-2)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { font: "400 13px/20px var(--mono)", fontVariantLigatures: "none", overflow: "auto" },
  ".cm-content": { padding: "4px 0 44px", caretColor: "var(--ink)" },
  ".cm-line": { position: "relative", padding: "0 8px 0 0" },
  ".cm-content ::selection, .cm-line::selection, .cm-line ::selection": {
    background: "color-mix(in srgb, var(--focus) 35%, transparent)",
  },

  ".cm-gutters": { background: "var(--panel)", color: "var(--ink-3)", border: 0, fontSize: "12px" },
  // A gutter learns its height a moment after lines have wrapped anew: until then its numbers stand out below.
  ".cm-gutter": { overflow: "visible" },
  ".cm-gutterElement": { cursor: "pointer" },
  ".cm-lineNumbers .cm-gutterElement": { position: "relative", minWidth: "26px", padding: "0 10px 0 0" },
  ".cm-lineNumbers .cm-gutterElement:hover": { color: "var(--ink)", textDecoration: "underline" },
  ".cm-gutterElement.now": { background: "var(--now-band)" },
  ".cm-gutterElement.err": { background: "var(--fail-tint)", color: "var(--fail-ink)", fontWeight: 700 },
  ".cm-lineNumbers .seen": { color: "var(--ink)" },
  ".cm-lineNumbers .seen::after": rail,
  ".cm-lineNumbers .now::after": { ...rail, right: "2px", width: "4px" },

  ".cm-stops .cm-gutterElement": { position: "relative", width: "18px" },
  ".cm-stops .stop::after, .cm-stops .cm-gutterElement:hover::after": {
    content: '""', position: "absolute", left: "5px", top: "calc(50% - 5px)", width: "10px", height: "10px",
    borderRadius: "50%", border: "2px solid var(--line-2)",
  },
  ".cm-stops .stop::after, .cm-stops .stop:hover::after": { background: "var(--ink)", borderColor: "var(--ink)" },

  ".cm-line.now": { background: "var(--now-band)", color: "var(--ink)" },
  ".cm-line.err": { background: "var(--fail-tint)", color: "var(--ink)" },
  ".cm-line .wrong": { textDecoration: "underline wavy 1.5px var(--fail)", textUnderlineOffset: "3px", textDecorationSkipInk: "none" },
  ".cm-message": {
    padding: "1px 12px 3px 0", background: "var(--fail-tint)", color: "var(--fail-ink)",
    font: "500 12px/16px var(--sans)", whiteSpace: "pre-wrap", overflowWrap: "anywhere",
  },
  ".cm-message .i": { marginRight: "6px", color: "var(--fail)" },
  "&.cm-focused .cm-matchingBracket": { background: "none", outline: "1px solid var(--line-2)" },
  "&.cm-focused .cm-nonmatchingBracket": { background: "none", outline: "1px dashed var(--fail)" },

  ".marksof": { position: "absolute", inset: "0 0 auto 0", display: "flex", pointerEvents: "none" },
  ".tight .mark": { padding: "0 3px", pointerEvents: "auto" },
  ".now .marks": { background: "linear-gradient(var(--now-band), var(--now-band)), var(--panel)" },

  // Fingers need more room than a mouse.
  "@media (pointer: coarse)": {
    ".cm-scroller": { lineHeight: "24px" },
    ".cm-lineNumbers .cm-gutterElement": { minWidth: "32px" },
    ".cm-stops .cm-gutterElement": { width: "24px" },
    ".cm-stops .stop::after, .cm-stops .cm-gutterElement:hover::after": { left: "7px" },
    ".cm-line .marks": { paddingTop: "3px", height: "24px" },
  },
});
