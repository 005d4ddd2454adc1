// Python by weight, not by colour: colours are those of the states of tasks.
import { LanguageSupport, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { pythonLanguage } from "@codemirror/lang-python";
import { Tag, styleTags, tags } from "@lezer/highlight";

/// Where a task may rest; boldest of all.
const rest = Tag.define(tags.controlKeyword);

export const python = new LanguageSupport(pythonLanguage.configure({ props: [styleTags({ "await async": rest })] }));

/// The classes are those of the page's own drawing of source lines.
export const highlighting = syntaxHighlighting(
  HighlightStyle.define([
    { tag: rest, class: "aw" },
    { tag: [tags.keyword, tags.bool, tags.null], class: "kw" },
    { tag: tags.comment, class: "cm" },
  ]),
);
