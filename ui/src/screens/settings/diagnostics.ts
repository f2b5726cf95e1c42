// What somebody who helps from afar needs to know, as plain text. Nobody's name is in it.
import type { SettingsView, StatusView } from "../../api/bindings";
import { bytes, qty } from "../../i18n/format";
import { t } from "../../i18n/text.svelte";
import { session } from "../../state/session.svelte";
import type { Trouble } from "../../state/troubles.svelte";

/** The machine behind the screens, as the window tells it. */
export interface Seen {
  build: string;
  window: string;
  screen: string;
  ratio: number;
  zone: string;
  browser: string;
  now: number;
}

/** The file the screens were loaded from carries the mark of their build. */
export function buildOf(address: string): string {
  return /([\w.-]+)\.js(?:\?.*)?$/.exec(address)?.[1] ?? "development";
}

export function look(): Seen {
  return {
    build: buildOf(import.meta.url),
    window: `${innerWidth} × ${innerHeight}`,
    screen: `${screen.width} × ${screen.height}`,
    ratio: devicePixelRatio,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    browser: navigator.userAgent,
    now: Date.now(),
  };
}

const instant = (at: number | null): string => (at === null ? "–" : new Date(at).toISOString());

export function diagnostics(
  view: SettingsView,
  status: StatusView | null,
  seen: Seen,
  troubles: Trouble[],
): string {
  const roles = session.person?.roles.map((role) => t(`role.${role}`)).join(", ");
  const facts: [string, string][] = [
    [t("settings.version"), view.version],
    [t("diag.build"), seen.build],
    [t("diag.at"), instant(seen.now)],
    [t("settings.station"), view.station],
    [t("settings.serverSite"), view.site],
    [t("settings.timeZone"), `${view.time_zone} (${t("diag.desktop")}: ${seen.zone})`],
    [t("settings.events"), qty(view.events)],
    [t("settings.size"), bytes(view.database_bytes)],
  ];
  if (status) {
    const books =
      status.checked_at === null ? "strip.booksChecking" : status.books_ok ? "strip.books" : "strip.booksOff";
    facts.push(
      [t("diag.link"), `${t(`strip.link.${status.link}`)} (${instant(status.synced_at)})`],
      [t("settings.onlyHere"), qty(status.only_here)],
      [t("diag.checked"), `${instant(status.checked_at)}, ${t(books)}`],
      [t("diag.hash"), status.state_hash],
    );
  }
  facts.push(
    [t("diag.window"), `${seen.window} (${seen.screen}, ${seen.ratio})`],
    [t("settings.language"), session.lang],
    [t("settings.theme"), t(`theme.${session.theme}`)],
    [t("settings.density"), t(`settings.density.${session.density}`)],
    [t("settings.personRoles"), roles || "–"],
    [t("diag.browser"), seen.browser],
  );
  const lines = facts.map(([name, value]) => `${name}: ${value}`);
  const wrong = troubles.map((one) => `  ${instant(one.at)} ${one.what}`);
  const last = wrong.length ? [`${t("diag.troubles")}:`, ...wrong] : [`${t("diag.troubles")}: –`];
  return ["Quayside", ...lines, ...last].join("\n");
}
