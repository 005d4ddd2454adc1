// What visitors typed, kept by their browser: small, in the document itself, because the page asks for it first.
//
// Each text has a place of its own: `[when, how, file, source]`. `how` is 2 while a page shows it, 1 when that page
// went with it on screen, 0 when it was put away. A page takes over what no other page shows, and writes nowhere
// else, so that two pages never overwrite each other's text. A page that crashed leaves a 2 behind, which others
// copy. Where a browser keeps nothing, all of this throws, and the page does without.
window.loopscope = (() => {
  const NAME = "loopscope.draft.";
  const MOST = 24;
  let turn;
  let place;
  let held;

  const all = () =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(NAME))
      .map((key) => [key, ...JSON.parse(localStorage.getItem(key))])
      .sort((one, other) => one[1] - other[1]);

  const write = (how, file, source) => {
    held = JSON.stringify([Date.now(), how, file, source]);
    localStorage.setItem(place, held);
  };

  /** Leaves the place as it is from now on, unless another page has written there. */
  const leave = (how) => {
    if (place !== undefined && localStorage.getItem(place) === held) {
      const [, , file, source] = JSON.parse(held);
      write(how, file, source);
    }
  };

  /** A place that is free, or that of the oldest text. */
  const free = (texts) => {
    if (texts.length >= MOST) return texts[0][0];
    const last = Math.max(0, ...texts.map(([key]) => Number(key.slice(NAME.length))));
    return `${NAME}${last + 1}`;
  };

  addEventListener("pagehide", () => leave(1));
  // The address of a program that was edited, put in by hand, is another page to open.
  addEventListener("hashchange", () => location.reload());
  addEventListener("pageshow", ({ persisted }) => persisted && leave(2));

  return {
    /** All texts, oldest first: `how`, file and source of each. Before them, whether this page had an address of its own. */
    drafts: () => [history.state === null ? "" : "own", ...all().flatMap(([, , how, file, source]) => [`${how}`, file, source])],

    /** Keeps what is typed on this page, from the program with this number; nothing is typed when there is no source. */
    keep: (program, file, source) => {
      if (program !== turn || !source) {
        leave(0);
        [turn, place] = [program, undefined];
      }
      if (!source) return;
      const texts = all();
      if (place === undefined || localStorage.getItem(place) !== held) {
        const same = texts.find(([, , , other, text]) => other === file && text === source);
        // It is kept already, by a page that shows it.
        if (same && same[2] === 2) return;
        place = same ? same[0] : free(texts);
      }
      write(2, file, source);
    },

    /** Keeps a text no longer. */
    forget: (file, source) => {
      for (const [key, , , other, text] of all()) {
        if (key !== place && other === file && text === source) localStorage.removeItem(key);
      }
    },

    /** Loads the editor. What arrives before the service worker looks after the page is told to it. */
    editor: async () => {
      const url = new URL("codemirror.js", document.baseURI).href;
      const editor = await import(url);
      const workers = navigator.serviceWorker;
      if (workers && !workers.controller) workers.ready.then(({ active }) => active.postMessage([url])).catch(() => {});
      return editor;
    },
  };
})();
