// Who is at this desk, in which language, and how they like their screen.
import type { PersonRef, Problem, SessionView } from "../api/bindings";

export type Lang = "en" | "zh";
export type Theme = "light" | "dark" | "contrast";
export type Density = "compact" | "normal" | "touch";

const SIGNED_OUT_CODES = ["not_signed_in", "signed_out", "session_expired", "unknown_session"];

function stored<T extends string>(key: string, allowed: readonly T[], otherwise: T): T {
  const value = globalThis.localStorage?.getItem("quayside." + key) as T | null;
  return value && allowed.includes(value) ? value : otherwise;
}

function storedSession(): SessionView | null {
  try {
    return JSON.parse(globalThis.sessionStorage?.getItem("quayside.session") ?? "null");
  } catch {
    return null;
  }
}

function systemTheme(): Theme {
  if (!globalThis.matchMedia) return "light";
  if (matchMedia("(prefers-contrast: more)").matches) return "contrast";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

class Session {
  view = $state.raw<SessionView | null>(storedSession());
  lang = $state<Lang>(
    stored("lang", ["en", "zh"], globalThis.navigator?.language?.startsWith("zh") ? "zh" : "en"),
  );
  theme = $state<Theme>(stored("theme", ["light", "dark", "contrast"], systemTheme()));
  density = $state<Density>(stored("density", ["compact", "normal", "touch"], "normal"));
  sound = $state<"on" | "off">(stored("sound", ["on", "off"], "on"));
  /** What the scanner of this desk sends before each code. */
  prefix = $state(globalThis.localStorage?.getItem("quayside.prefix") ?? "");
  currency = $state("EUR");
  /** The zone of the site's clock, a name of the tz database. */
  zone = $state("UTC");

  get header(): string {
    return `${this.lang}:${this.view?.token ?? ""}`;
  }
  get person(): PersonRef | null {
    return this.view?.person ?? null;
  }

  may(command: string): boolean {
    return this.view?.allowed.includes(command) ?? false;
  }

  signedIn(view: SessionView | null): void {
    this.view = view;
    if (view) sessionStorage.setItem("quayside.session", JSON.stringify(view));
    else sessionStorage.removeItem("quayside.session");
  }

  noticeProblem(problem: Problem): void {
    if (this.view && SIGNED_OUT_CODES.includes(problem.code)) this.signedIn(null);
  }

  set(key: "lang" | "theme" | "density" | "sound" | "prefix", value: string): void {
    (this as Record<string, unknown>)[key] = value;
    localStorage.setItem("quayside." + key, value);
  }

  nextTheme(): void {
    const order: Theme[] = ["light", "dark", "contrast"];
    this.set("theme", order[(order.indexOf(this.theme) + 1) % order.length]);
  }

  otherLang(): void {
    this.set("lang", this.lang === "en" ? "zh" : "en");
  }
}
export const session = new Session();
