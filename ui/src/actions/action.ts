// One thing a person can do, written once: menu, palette, button and key all use this object.
import type { Component } from "svelte";
import type { Key } from "../i18n/text.svelte";

export type Group = "go" | "all" | "screen" | "orders" | "stock" | "buy" | "route" | "floor";

export interface Action {
  id: string;
  group: Group;
  label: Key;
  /** What a person called it, to be filled into the label. */
  values?: Record<string, string>;
  /** "ctrl+k", "alt+1", "f2", a sign such as "?", or two keys one after the other: "g o". */
  shortcut?: string;
  danger?: boolean;
  primary?: boolean;
  icon?: Component<{ size?: number }>;
  /** Whether it makes sense to offer it here and now. */
  when: () => boolean;
  /** Why it is offered but not allowed, in the person's language; empty when it is allowed. */
  whyNot?: () => string;
  run: () => unknown;
}
