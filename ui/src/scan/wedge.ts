// A hand scanner types like a keyboard, only faster than anyone. This tells the two apart.

/** A scanner leaves 1 to 20 ms between keys on average; the fastest typists rarely stay under 60. */
export const BURST_GAP_MS = 45;
/** A busy machine may hand over a single key late without the burst being over. */
export const BURST_PAUSE_MS_MAX = 110;
/** Fewer digits than this may be a quantity typed in a hurry; letters never are. */
const DIGITS_MIN = 4;
const LETTERS_MIN = 2;
/** Application identifiers of GS1 codes are parted by this sign. */
export const GROUP_SEPARATOR = "\u001d";

export interface KeyStroke {
  key: string;
  at: number;
  ctrl?: boolean;
  alt?: boolean;
  composing?: boolean;
}

/** What one key means: a finished code, part of one (with its length so far), or nothing of ours. */
export type Heard =
  | { kind: "scan"; text: string; took_ms: number; end: "Enter" | "Tab" }
  | { kind: "part"; length: number }
  | { kind: "none" };

export class WedgeReader {
  #text = "";
  #first = 0;
  #last = -Infinity;
  /** What the scanner is set to send before each code; nothing for most. */
  prefix = "";

  reset(): void {
    this.#text = "";
    this.#last = -Infinity;
  }

  handle(stroke: KeyStroke): Heard {
    // While an input method composes, the keys belong to it alone.
    if (stroke.composing || stroke.key === "Process" || stroke.key === "Dead") {
      this.reset();
      return { kind: "none" };
    }
    // Shift is part of typing a capital and says nothing by itself.
    if (stroke.key === "Shift" || stroke.key === "Control") return { kind: "none" };

    const goesOn = stroke.at - this.#last <= BURST_PAUSE_MS_MAX;
    if (stroke.key === "Enter" || stroke.key === "Tab") {
      const typed = this.#text;
      const took_ms = stroke.at - this.#first;
      const quick = took_ms <= BURST_GAP_MS * typed.length;
      this.reset();
      const text = withoutPrefix(typed, this.prefix);
      // What wears the scanner's own prefix is a scan however short it is.
      const isScan = goesOn && quick && (text !== typed || isCode(text));
      return isScan && text ? { kind: "scan", text, took_ms, end: stroke.key } : { kind: "none" };
    }
    const sign = signOf(stroke);
    if (sign === null) {
      this.reset();
      return { kind: "none" };
    }
    if (!goesOn) this.#first = stroke.at;
    this.#text = goesOn ? this.#text + sign : sign;
    this.#last = stroke.at;
    return { kind: "part", length: this.#text.length };
  }
}

export function withoutPrefix(text: string, prefix: string): string {
  return prefix && text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function isCode(text: string): boolean {
  return text.length >= (/^\d*$/.test(text) ? DIGITS_MIN : LETTERS_MIN);
}

function signOf(stroke: KeyStroke): string | null {
  // Scanners send the separator as Ctrl-], as F8, or as the sign itself.
  if (stroke.key === GROUP_SEPARATOR || stroke.key === "F8") return GROUP_SEPARATOR;
  if (stroke.ctrl) return stroke.key === "]" || stroke.key === "5" ? GROUP_SEPARATOR : null;
  if (stroke.alt || [...stroke.key].length !== 1) return null;
  return stroke.key;
}
