// What is wrong with the text on screen: a list of `{kind, where, text, note}`.
// arguments: the language shown, an expression for texts of the interface in the other language.
const language = arguments[0];
const foreign = new RegExp(arguments[1]);
const SLACK = 1.5;
// Names, values and lines of the program may have any length. They alone may end in an ellipsis, and tell the rest as
// a tooltip; what the interface says itself is never cut.
const OF_THE_PROGRAM = '.nm, .stt, .why, .chip, .slot, .val, code, .code1, pre, .lane > small, .steps td, .src, select.title, .hosts > b, .find b, .obj header b';
// Letters for which there is room in any case.
const ROOM = [['.tok .why', 26], ['.lane .stt', 18], ['.lane .nm, .tok .nm', 12]];
// What opens over the page and goes away again may hide what is below.
const OVER = '.card, .hover, .more-tools, dialog, .veil, .marks, .cm-tooltip';
const found = [];
const trouble = (kind, element, text, note = '', by = 0) => found.push({ kind, where: path(element), text: text.trim().slice(0, 70), note, by: Math.ceil(by) });
const path = (element) => {
  const steps = [];
  for (let e = element; e && steps.length < 4 && !e.matches('.app, body'); e = e.parentElement) {
    const id = e.dataset.testid ? `[${e.dataset.testid}]` : '';
    steps.unshift(e.localName + [...e.classList].map((name) => `.${name}`).join('') + id);
  }
  return steps.join(' > ');
};
const styles = new Map();
const style = (element) => styles.get(element) ?? (styles.set(element, getComputedStyle(element)), styles.get(element));
const alpha = (color) => color.startsWith('rgba') ? Number(color.split(',')[3].slice(0, -1)) : color.includes('/') ? parseFloat(color.split('/')[1]) : 1;
const opaque = (element) => alpha(style(element).backgroundColor) > 0.9 || style(element).backgroundImage.startsWith('linear-gradient');
const holds = (element) => ['relative', 'absolute', 'fixed', 'sticky'].includes(style(element).position)
  || style(element).transform !== 'none' || !['normal', undefined].includes(style(element).containerType);
const boxed = (element) => style(element).display !== 'contents' && (alpha(style(element).backgroundColor) > 0.05 && style(element).display !== 'inline'
  || parseFloat(style(element).borderTopWidth) && parseFloat(style(element).borderLeftWidth) && alpha(style(element).borderTopColor) > 0.05);
const inner = (element) => {
  const box = element.getBoundingClientRect();
  const left = box.left + element.clientLeft, top = box.top + element.clientTop;
  return { left, top, right: left + element.clientWidth, bottom: top + element.clientHeight };
};
const meet = (a, b) => ({ left: Math.max(a.left, b.left), top: Math.max(a.top, b.top), right: Math.min(a.right, b.right), bottom: Math.min(a.bottom, b.bottom) });
const size = (a) => Math.min(a.right - a.left, a.bottom - a.top);
const seen = (element) => {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  for (let e = element; e; e = e.parentElement) if (style(e).clipPath.startsWith('inset(50%')) return false;
  return true;
};
// The letters' box: what a font reserves above and below them may be shared.
const letters = (rect, font) => {
  const spare = Math.max(0, rect.height - font) / 2;
  return { left: rect.left, right: rect.right, top: rect.top + spare, bottom: rect.bottom - spare };
};
const told = (element) => {
  element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
  const titles = [];
  for (let e = element; e && !e.matches('main, dialog'); e = e.parentElement) if (e.title) titles.push(e.title);
  return titles.join(' ');
};
const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };

// Cuts a box by every ancestor that clips; what is left is on screen. Tells what is cut for good.
const clipped = (text, element, box) => {
  let rect = { ...box }, free = false;
  for (let e = element; e && e !== document.body; e = e.parentElement) {
    const clips = style(e).overflowX !== 'visible' || style(e).overflowY !== 'visible';
    if (!free || holds(e)) {
      free = false;
      if (clips && style(e).display !== 'inline') {
        const room = inner(e);
        const over = {
          left: room.left - rect.left, right: rect.right - room.right, top: room.top - rect.top, bottom: rect.bottom - room.bottom,
        };
        const scrolls = (way) => ['auto', 'scroll'].includes(way);
        const reach = {
          left: scrolls(style(e).overflowX) ? e.scrollLeft : 0,
          right: scrolls(style(e).overflowX) ? e.scrollWidth - e.clientWidth - e.scrollLeft : 0,
          top: scrolls(style(e).overflowY) ? e.scrollTop : 0,
          bottom: scrolls(style(e).overflowY) ? e.scrollHeight - e.clientHeight - e.scrollTop : 0,
        };
        for (const side of ['left', 'right', 'top', 'bottom']) {
          if (over[side] <= SLACK || over[side] <= reach[side] + SLACK) continue;
          const across = side === 'left' || side === 'right';
          // Spaces at the end of a wrapped line hang.
          if (side === 'right' && style(element).whiteSpace === 'pre-wrap' && over.right < 10) continue;
          const room = ROOM.find(([what]) => element.closest(what))?.[1] ?? 0;
          const wide = [...text.trim()].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0);
          if (across && wide > room && style(e).textOverflow === 'ellipsis' && element.closest(OF_THE_PROGRAM)) {
            if (!told(element).includes(text.trim())) trouble('cut without a tooltip', element, text, `at the ${side}`, over[side]);
          } else {
            trouble('cut', element, text, `at the ${side} of ${path(e)}`, over[side]);
          }
          return null;
        }
        const rest = meet(rect, room);
        const midline = rest.bottom - rest.top > 3 && (over.bottom > 3 || over.top > 3);
        const hinted = getComputedStyle(e, '::after').position === 'sticky' || e.offsetWidth - e.clientWidth - e.clientLeft * 2 > 3 || style(e).maskImage !== 'none' || innerWidth < 480;
        if (midline && !hinted) trouble('cut where nothing shows that it scrolls', element, text, path(e));
        rect = rest;
        if (size(rect) <= 0) return null;
      }
    }
    if (style(e).position === 'absolute') free = true;
    if (style(e).position === 'fixed' || e.matches('dialog')) break;
  }
  for (const side of ['left', 'top']) if (rect[side] < -SLACK) { trouble('outside of the window', element, text, side); return null; }
  for (const side of ['right', 'bottom']) if (rect[side] > screen[side] + SLACK) { trouble('outside of the window', element, text, side); return null; }
  return rect;
};

const free = document.createElement('style');
free.textContent = '* { pointer-events: auto !important; }';
document.head.append(free);
const modal = document.querySelector('dialog[open]');
const root = modal ?? document.body;
const pieces = [];
const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  if (!node.data.trim() || element.closest('script, style, noscript, textarea, option') || !seen(element)) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  const font = parseFloat(style(element).fontSize);
  let shown = false;
  for (const rect of range.getClientRects()) {
    if (rect.width < 0.5 || rect.height < 0.5) continue;
    const box = letters(rect, font);
    const left = clipped(node.data, element, box);
    if (!left) continue;
    shown = true;
    pieces.push({ node, element, box: left });
    for (let e = element; e && e !== root; e = e.parentElement) {
      if (!boxed(e)) { if (style(e).overflowX !== 'visible' || style(e).position === 'absolute') break; continue; }
      const room = e.getBoundingClientRect();
      if (box.left < room.left - 2 || box.right > room.right + 2 || box.top < room.top - 2 || box.bottom > room.bottom + 2) {
        if (left.left < room.left - 2 || left.right > room.right + 2 || left.top < room.top - 2 || left.bottom > room.bottom + 2) trouble('out of its box', element, node.data, path(e));
      }
      break;
    }
  }
  if (shown && font < 12) trouble('small', element, node.data, `${font} px`);
  // Words in the other language.
  const text = node.data.trim();
  if (shown && !element.closest('code, pre, .cm-line, .nm, .chip, .slot, .val, .title, [data-testid=language], .sentence, .whys, .obj header b')) {
    if (language === 'en' && /[\u2e80-\uffef]/.test(text)) trouble('Chinese in English', element, text);
    if (language === 'zh' && foreign.test(text)) trouble('English in Chinese', element, text);
  }
}
// Sentences name what is in the program: the words around the names must be Chinese.
if (language === 'zh') {
  for (const element of root.querySelectorAll('.sentence, .whys > *, h2, h3, [role=tab], .btn')) {
    const text = element.innerText?.trim() ?? '';
    if (seen(element) && element.getClientRects().length && /[a-z]{2,} [a-z]{2,} [a-z]{2,}/i.test(text) && !/[\u2e80-\uffef]/.test(text) && !element.closest('code, .program'))
      trouble('English in Chinese', element, text);
  }
}
// Text upon text, where the upper one has no ground of its own; and text under something that does not go away.
const order = (stack, element) => stack.findIndex((other) => other === element || element.contains(other) && false);
pieces.sort((a, b) => a.box.left - b.box.left);
for (let i = 0; i < pieces.length; i++) {
  const a = pieces[i];
  for (let j = i + 1; j < pieces.length && pieces[j].box.left < a.box.right - 2; j++) {
    const b = pieces[j];
    if (a.node === b.node) continue;
    const both = meet(a.box, b.box);
    if (size(both) <= 2) continue;
    const stack = document.elementsFromPoint((both.left + both.right) / 2, (both.top + both.bottom) / 2);
    const [first, second] = [order(stack, a.element), order(stack, b.element)];
    const lower = Math.max(first, second);
    if (first < 0 || second < 0 || stack.slice(0, lower).some((e, at) => opaque(e) && !(at > Math.min(first, second) && e.contains(stack[Math.min(first, second)]) && e.contains(stack[lower])))) continue;
    trouble('upon other text', a.element, a.node.data, `${path(b.element)}: ${b.node.data.trim().slice(0, 40)}`);
  }
  for (const x of [a.box.left + 2, (a.box.left + a.box.right) / 2, a.box.right - 2]) {
    const y = (a.box.top + a.box.bottom) / 2;
    const above = document.elementsFromPoint(x, y);
    const own = above.findIndex((e) => e === a.element || e.contains(a.element));
    const cover = above.slice(0, Math.max(own, 0)).find((e) => !a.element.contains(e) && opaque(e) && !e.closest(OVER) && style(e).position !== 'sticky');
    if (cover) { trouble('under something', a.element, a.node.data, path(cover)); break; }
  }
}
// What the browser draws by itself.
const pen = document.createElement('canvas').getContext('2d');
for (const field of root.querySelectorAll('select, input[placeholder]')) {
  if (!seen(field) || !field.getClientRects().length) continue;
  const text = field.localName === 'select' ? field.selectedOptions[0]?.text ?? '' : field.value || field.placeholder;
  const look = style(field);
  pen.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
  const arrow = field.localName === 'select' && look.appearance !== 'none' ? 16 : 0;
  const room = field.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight) - arrow;
  if (pen.measureText(text).width > room + SLACK && !(field.matches(OF_THE_PROGRAM) && told(field).includes(text)))
    trouble('cut', field, text, 'a field', pen.measureText(text).width - room);
  if (parseFloat(look.fontSize) < 12) trouble('small', field, text);
}
free.remove();
return found;
