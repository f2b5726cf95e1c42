// Any code, scanned or typed anywhere, leads to the thing it names.
import type { Match } from "../../api/bindings";
import { call, CallFailed } from "../../api/client";
import { t } from "../../i18n/text.svelte";
import { panels } from "../../state/panels.svelte";
import { router } from "../../state/router.svelte";
import { toast } from "../../state/toast.svelte";

const OPENS: Record<Match["kind"], [screen: string, view: string]> = {
  order: ["orders", "all"],
  carton: ["orders", "all"],
  sku: ["stock", "sku"],
  bin: ["stock", "bin"],
  lot: ["stock", "lot"],
  receipt: ["receive", "expected"],
  wave: ["pick", ""],
};

export function openMatch(match: Match): void {
  const [screen, view] = OPENS[match.kind];
  panels.palette = false;
  router.go(screen, view, match.id);
}

export const typed = { text: "" };

export async function findAndOpen(text: string): Promise<void> {
  try {
    const found = await call("find", { text });
    const only = found.exact ?? (found.matches.length === 1 ? found.matches[0] : null);
    if (only) openMatch(only);
    else if (found.matches.length > 1) {
      typed.text = text;
      panels.palette = true;
    } else toast.say("stop", t("frame.notFound", { text }), t("frame.notFoundHint"));
  } catch (error) {
    if (error instanceof CallFailed) toast.problem(error.problem);
    else throw error;
  }
}
