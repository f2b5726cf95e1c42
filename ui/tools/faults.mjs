// What the walk looks for on a page. The functions without a `page` run inside the browser.

/** Words that are cut off with no title to read them by, and tables wider than their place. */
export function cutOff(widths) {
  const name = (e) => (e.getAttribute("data-testid") ?? String(e.className)).split(" ")[0];
  const wide = [...document.querySelectorAll(".table, .scroll")]
    .filter((e) => e.scrollWidth > e.clientWidth + 1)
    .map((e) => `wider than its place: ${name(e)} ${e.scrollWidth} > ${e.clientWidth}`);
  const cut = [...document.querySelectorAll(".th, .btn, nav button, .toolbar *, .facts *, footer *")]
    .filter(
      (e) =>
        e.scrollWidth > e.clientWidth + 1 && !["visible", "auto"].includes(getComputedStyle(e).overflowX),
    )
    .filter((e) => !e.title && !e.closest(".visually-hidden") && e.clientWidth > 0)
    .map((e) => `cut off: ${e.textContent.trim().slice(0, 40)}`);
  // Under the pseudo-locale tables may scroll; what is written must still be readable.
  return widths ? [...wide, ...cut] : cut;
}

/** Nothing may stand where no scrolling leads: outside of the page, or in a box that cannot be moved. */
export function outOfReach() {
  const lost = [];
  if (document.documentElement.scrollWidth > innerWidth + 1) lost.push("the page is wider than its window");
  for (const e of document.querySelectorAll("button, a[href], input, select, textarea")) {
    if (!e.checkVisibility({ visibilityProperty: true }) || e.closest("[inert], .visually-hidden")) continue;
    if (e.matches(".visually-hidden")) continue;
    const box = e.getBoundingClientRect();
    const inside =
      box.left >= -1 && box.top >= -1 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1;
    if (inside) continue;
    let scrolls = false;
    for (let up = e.parentElement; up && !scrolls; up = up.parentElement) {
      const style = getComputedStyle(up);
      const auto = (way) => ["auto", "scroll"].includes(way);
      const wide = auto(style.overflowX) && up.scrollWidth > up.clientWidth;
      const high = auto(style.overflowY) && up.scrollHeight > up.clientHeight;
      scrolls = wide || high;
    }
    if (!scrolls)
      lost.push(`out of reach: ${e.getAttribute("data-testid") ?? e.textContent.trim().slice(0, 30)}`);
  }
  return lost;
}

/** A glove needs 44 pixels either way, or a row of that height to put its finger on. */
export function tooSmall() {
  const LEAST_PX = 43.5;
  const small = new Set();
  for (const e of document.querySelectorAll("button, select, input:not([type=checkbox], [type=radio])")) {
    if (!e.checkVisibility({ visibilityProperty: true }) || e.closest("[inert], .maplibregl-map")) continue;
    if (e.closest(".visually-hidden") || e.disabled) continue;
    // A number that explains itself stands in a row of its own height, and has a key.
    if (e.matches(".explain, .grip, .visually-hidden")) continue;
    const { height, width } = e.getBoundingClientRect();
    if (height && height < LEAST_PX)
      small.add(
        `too small: ${e.getAttribute("data-testid") ?? e.textContent.trim().slice(0, 30)} ${Math.round(width)} x ${Math.round(height)}`,
      );
  }
  return [...small].slice(0, 8);
}

/**
 * Words that did not come out of the message files. Under the pseudo-locale our own words stand in
 * brackets; in Chinese a run of English words is suspect, unless it is a name.
 */
export function untranslated(lang) {
  const english = (month, weekday) => new Date(2026, month, weekday + 1);
  const calendar = new Set();
  for (let n = 0; n < 12; n++)
    for (const style of ["short", "long"]) {
      calendar.add(new Intl.DateTimeFormat("en", { month: style }).format(english(n, 1)));
      calendar.add(new Intl.DateTimeFormat("en-GB", { month: style }).format(english(n, 1)));
      calendar.add(new Intl.DateTimeFormat("en", { weekday: style }).format(english(0, n)));
    }
  const UNITS = ["min", "Quayside", "English"];
  const found = new Set();
  const skip = "script, style, code, kbd, option, [data-names], .maplibregl-map";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const suspect = (text) => {
    const bare = text
      .trim()
      .split(/\s+/)
      .filter((word) => !/^(Ctrl|Alt|Shift)\+/.test(word))
      .filter((word) => !calendar.has(word.replace(/[^\p{L}]/gu, "")) && !UNITS.includes(word))
      .join(" ");
    if (lang === "pseudo") return /\p{L}{3}/u.test(bare) && !/[⟦⟧]/.test(text) ? text.trim() : "";
    // Two small words in a row are a sentence, not a name or a code.
    return /\b[a-z]{2,} [a-z]{2,}\b/.test(bare) && !/\p{Script=Han}/u.test(bare) ? text.trim() : "";
  };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || parent.closest(skip) || !parent.checkVisibility()) continue;
    // A sentence may be parted into several nodes by what stands inside it.
    if (lang === "pseudo" && /⟦/.test(parent.textContent) && /⟧/.test(parent.textContent)) continue;
    const word = suspect(node.textContent);
    if (word) found.add(word);
  }
  for (const e of document.querySelectorAll("[aria-label], [placeholder], [title]"))
    for (const attribute of ["aria-label", "placeholder", "title"]) {
      if (e.closest(skip)) continue;
      // An example of an address or a code is the same in every language.
      if (attribute === "placeholder" && /[/]|XXXX/.test(e.getAttribute(attribute) ?? "")) continue;
      const word = suspect(e.getAttribute(attribute) ?? "");
      if (word) found.add(word);
    }
  return [...found];
}

/** Tab goes through everything that can be used, shows where it is, and is never lost. */
export async function keyboardGaps(page) {
  const wanted = await page.evaluate(() => {
    const layer = document.querySelector("[data-testid^=overlay-]") ?? document.body;
    const all = [...layer.querySelectorAll("button, a[href], input, select, textarea, [tabindex='0']")];
    const usable = all.filter(
      (e) =>
        !e.disabled &&
        e.tabIndex >= 0 &&
        !e.closest("[inert]") &&
        e.checkVisibility({ visibilityProperty: true }),
    );
    usable.forEach((e, at) => e.setAttribute("data-walk", String(at)));
    // A panel is walked from its own beginning.
    if (layer === document.body) document.activeElement?.blur?.();
    else usable[0]?.focus();
    return usable.length;
  });
  const reached = new Set(
    await page.evaluate(() => [document.activeElement?.getAttribute("data-walk")].filter(Boolean)),
  );
  const gaps = new Set();
  let lost = 0;
  for (let step = 0; step < wanted * 2 + 20 && reached.size < wanted; step++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const style = getComputedStyle(e);
      const plain =
        style.outlineStyle === "none" && style.boxShadow === "none" && !e.matches("input, canvas");
      return {
        id: e.getAttribute("data-walk"),
        plain,
        name: e.getAttribute("data-testid") ?? e.textContent.trim().slice(0, 30),
      };
    });
    // Past the last element the browser itself has the focus, once.
    if (!at) lost += 1;
    else {
      if (at.id !== null) reached.add(at.id);
      if (at.plain) gaps.add(`focus cannot be seen on ${at.name}`);
    }
  }
  if (lost > 4) gaps.add(`the focus was lost ${lost} times`);
  // Virtual rows are drawn anew while one walks, so a handful may be gone.
  if (reached.size < wanted * 0.9) {
    const missed = await page.evaluate(
      (ids) =>
        [...document.querySelectorAll("[data-walk]")]
          .filter((e) => !ids.includes(e.getAttribute("data-walk")))
          .map((e) => e.getAttribute("data-testid") ?? e.textContent.trim().slice(0, 20)),
      [...reached],
    );
    gaps.add(`Tab reached ${reached.size} of ${wanted}; not ${missed.slice(0, 6).join(", ")}`);
  }
  return [...gaps];
}
