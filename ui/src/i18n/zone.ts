// The clock on the site's wall: times are read and written by it, wherever this desktop stands.
import { session } from "../state/session.svelte";

const MINUTE_MS = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What the site's clock shows, as if it hung in Greenwich. */
function shown(at: number): number {
  let format = formats.get(session.zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: session.zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    formats.set(session.zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, Number(part.value)]));
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
}

/** Milliseconds that the site's clock is ahead of UTC. */
function ahead(at: number): number {
  return shown(at) - Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

/** "14:30" on the site's clock. */
export function timeOf(at: number): string {
  return new Date(shown(at)).toISOString().slice(11, 16);
}

/** The instant at which the site's clock shows "14:30" on a day such as "2026-11-23"; null if it never does. */
export function instantOf(day: string, text: string): number | null {
  const [, hours, minutes] = /^(\d{1,2})[:：](\d{2})$/.exec(text.trim()) ?? [];
  if (minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  const wanted = Date.parse(`${day}T${hours.padStart(2, "0")}:${minutes}:00Z`);
  if (Number.isNaN(wanted)) return null;
  return wanted - ahead(wanted - ahead(wanted));
}

/** The site's day, such as "2026-11-23". */
export function dayOf(at: number): string {
  return new Date(shown(at)).toISOString().slice(0, 10);
}
