import { act } from "../api/act";
import { call } from "../api/client";
import { t } from "../i18n/text.svelte";
import { panels, previewUndo } from "../state/panels.svelte";
import { session } from "../state/session.svelte";
import { toast } from "../state/toast.svelte";
import type { Action } from "./action";

export const openPalette: Action = {
  id: "palette",
  group: "all",
  label: "action.palette",
  shortcut: "ctrl+k",
  when: () => true,
  run: () => (panels.palette = !panels.palette),
};
export const showShortcuts: Action = {
  id: "shortcuts",
  group: "all",
  label: "action.shortcuts",
  shortcut: "?",
  when: () => true,
  run: () => panels.open({ kind: "shortcuts" }),
};
export const showHelp: Action = {
  id: "help",
  group: "all",
  label: "help.action",
  shortcut: "f1",
  when: () => true,
  run: () => panels.open({ kind: "help" }),
};
export const undoLast: Action = {
  id: "undo-last",
  group: "all",
  label: "action.undoLast",
  shortcut: "ctrl+z",
  when: () => true,
  run: async () => {
    const together = toast.line?.undo;
    if (together?.holds()) return together.run();
    const last = await call("last_undo", {}).catch(() => null);
    if (last?.event_id) previewUndo(last.event_id);
    else toast.say("plain", t("undo.nothing"));
  },
};
export const focusScan: Action = {
  id: "focus-scan",
  group: "all",
  label: "action.focusScan",
  shortcut: "/",
  when: () => true,
  run: () => {
    const fields = document.querySelectorAll<HTMLInputElement>(
      "[data-testid=floor-scan], [data-testid=scan-field]",
    );
    fields[fields.length - 1]?.focus();
  },
};
export const switchLanguage: Action = {
  id: "language",
  group: "all",
  label: "action.language",
  when: () => true,
  run: () => session.otherLang(),
};
export const switchTheme: Action = {
  id: "theme",
  group: "all",
  label: "action.theme",
  when: () => true,
  run: () => session.nextTheme(),
};
export const switchSound: Action = {
  id: "sound",
  group: "all",
  label: "action.sound",
  when: () => true,
  run: () => session.set("sound", session.sound === "on" ? "off" : "on"),
};
export const signOut: Action = {
  id: "sign-out",
  group: "all",
  label: "action.signOut",
  shortcut: "ctrl+q",
  when: () => session.person !== null,
  run: async () => {
    await act("sign_out", {}, { quiet: true });
    panels.closeAll();
    toast.clear();
    session.signedIn(null);
  },
};

export const closePanel: Action = {
  id: "close-panel",
  group: "all",
  label: "common.close",
  shortcut: "escape",
  when: () => panels.top !== null,
  run: () => panels.close(),
};

export const everywhere: Action[] = [
  closePanel,
  openPalette,
  showShortcuts,
  showHelp,
  undoLast,
  focusScan,
  switchLanguage,
  switchTheme,
  switchSound,
  signOut,
];
