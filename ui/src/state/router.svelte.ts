// The address says where one is: #/screen/view/target. Back and forward work as in any browser.
export const SCREENS = [
  "today",
  "orders",
  "pick",
  "pack",
  "receive",
  "stock",
  "count",
  "buy",
  "route",
  "settings",
  "labels",
] as const;
export type Screen = (typeof SCREENS)[number];

function parse(hash: string): { screen: Screen; view: string; target: string } {
  const [screen, view = "", target = ""] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  const known = (SCREENS as readonly string[]).includes(screen);
  return { screen: known ? (screen as Screen) : "today", view, target };
}

/** The wire's screen names are the rail's, but older words are understood too. */
const ALIASES: Record<string, Screen> = {
  picking: "pick",
  packing: "pack",
  receiving: "receive",
  counts: "count",
  replenishment: "buy",
  replenish: "buy",
  dispatch: "route",
  printing: "labels",
};

class Router {
  screen = $state<Screen>("today");
  view = $state("");
  target = $state("");

  constructor() {
    if (!globalThis.window) return;
    this.#read();
    window.addEventListener("hashchange", () => this.#read());
  }
  #read(): void {
    const at = parse(location.hash);
    this.screen = at.screen;
    this.view = at.view;
    this.target = at.target;
  }
  go(screen: string, view = "", target = ""): void {
    const name = ALIASES[screen] ?? screen;
    const parts = [name, view, target].map(encodeURIComponent);
    while (parts.length > 1 && parts.at(-1) === "") parts.pop();
    location.hash = "/" + parts.join("/");
    this.#read();
  }
}
export const router = new Router();
