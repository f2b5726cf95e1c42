import type { Key } from "../i18n/text.svelte";
import { router, type Screen } from "../state/router.svelte";
import type { Action } from "./action";

const LETTERS: [Screen, string, string][] = [
  ["today", "t", "alt+1"],
  ["orders", "o", "alt+2"],
  ["pick", "p", "alt+3"],
  ["pack", "k", "alt+4"],
  ["receive", "r", "alt+5"],
  ["stock", "s", "alt+6"],
  ["count", "c", "alt+7"],
  ["buy", "b", "alt+8"],
  ["route", "d", "alt+9"],
  ["settings", ",", "alt+0"],
  ["labels", "l", ""],
];

export const goActions: Action[] = LETTERS.map(([screen, letter]) => ({
  id: `go-${screen}`,
  group: "go",
  label: `nav.${screen}` as Key,
  shortcut: `g ${letter}`,
  when: () => true,
  run: () => router.go(screen),
}));

/** The digits of the rail, beside the letters. */
export const railDigits: Action[] = LETTERS.filter(([, , alt]) => alt).map(([screen, , alt]) => ({
  id: `rail-${screen}`,
  group: "go",
  label: `nav.${screen}` as Key,
  shortcut: alt,
  when: () => true,
  run: () => router.go(screen),
}));
