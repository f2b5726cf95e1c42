// Numbers, money, weights and times as people read them. Nothing here computes a balance.
import type { Money } from "../api/bindings";
import { session, type Lang } from "../state/session.svelte";

const LOCALE: Record<Lang, string> = { en: "en-GB", zh: "zh-CN" };
const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numbers(lang: Lang, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = "n" + lang + JSON.stringify(options);
  if (!cache.has(key)) cache.set(key, new Intl.NumberFormat(LOCALE[lang], options));
  return cache.get(key) as Intl.NumberFormat;
}
function dates(lang: Lang, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = "d" + lang + JSON.stringify(options);
  if (!cache.has(key)) cache.set(key, new Intl.DateTimeFormat(LOCALE[lang], options));
  return cache.get(key) as Intl.DateTimeFormat;
}

export function qty(value: number, lang: Lang = session.lang): string {
  return numbers(lang, {}).format(value).replace("-", "−");
}
export function signed(value: number, lang: Lang = session.lang): string {
  return (value > 0 ? "+" : "") + qty(value, lang);
}
export function money(value: Money, lang: Lang = session.lang): string {
  const style = numbers(lang, {
    style: "currency",
    currency: value.currency,
    currencyDisplay: "narrowSymbol",
  });
  const digits = style.resolvedOptions().maximumFractionDigits ?? 2;
  return style.format(value.minor / 10 ** digits).replace("-", "−");
}
/** Unit costs come in millionths; four decimals are what an invoice shows. */
export function unitCost(micros: number, currency: string, lang: Lang = session.lang): string {
  return numbers(lang, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
  }).format(micros / 1e6);
}
export function permille(value: number, lang: Lang = session.lang): string {
  return numbers(lang, { style: "percent", maximumFractionDigits: 1 }).format(value / 1000);
}
export function weight(grams: number, lang: Lang = session.lang): string {
  if (grams < 1000) return `${qty(grams, lang)} g`;
  const digits = grams < 100_000 ? 1 : 0;
  return `${numbers(lang, { maximumFractionDigits: digits }).format(grams / 1000)} kg`;
}
export function volume(milliliters: number, lang: Lang = session.lang): string {
  if (milliliters < 1000) return `${qty(milliliters, lang)} ml`;
  if (milliliters < 1_000_000) {
    return `${numbers(lang, { maximumFractionDigits: 1 }).format(milliliters / 1000)} l`;
  }
  return `${numbers(lang, { maximumFractionDigits: 2 }).format(milliliters / 1e6)} m³`;
}
export function distance(meters: number, lang: Lang = session.lang): string {
  if (Math.abs(meters) < 1000) return `${qty(meters, lang)} m`;
  return `${numbers(lang, { maximumFractionDigits: 1 })
    .format(meters / 1000)
    .replace("-", "−")} km`;
}
export function duration(seconds: number, lang: Lang = session.lang): string {
  const sign = seconds < 0 ? "−" : "";
  const minutes = Math.round(Math.abs(seconds) / 60);
  const [h, min] = lang === "zh" ? ["小时", "分"] : [" h", " min"];
  if (minutes < 60) return `${sign}${minutes}${min}`;
  const rest = String(minutes % 60).padStart(2, "0");
  return lang === "zh"
    ? `${sign}${Math.floor(minutes / 60)}${h}${rest}${min}`
    : `${sign}${Math.floor(minutes / 60)}${h} ${rest}`;
}
export function clock(at: number, lang: Lang = session.lang): string {
  const timeZone = session.zone;
  return dates(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(at);
}
export function dateTime(at: number, lang: Lang = session.lang): string {
  // Chinese dates with 月 and 日 are twice as wide as a column of times has room for.
  const month = lang === "zh" ? "numeric" : "short";
  return dates(lang, {
    month,
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: session.zone,
  }).format(at);
}
/** "2026-11-23" as the 23rd, whatever the clock's zone. */
export function day(text: string, lang: Lang = session.lang): string {
  const at = Date.parse(text + "T00:00:00Z");
  if (Number.isNaN(at)) return text;
  return dates(lang, { month: "short", day: "numeric", timeZone: "UTC" }).format(at);
}
export function longDay(text: string, lang: Lang = session.lang): string {
  const at = Date.parse(text + "T00:00:00Z");
  if (Number.isNaN(at)) return text;
  return dates(lang, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(at);
}
export function ago(at: number, now: number = Date.now(), lang: Lang = session.lang): string {
  const minutes = Math.max(0, Math.round((now - at) / 60_000));
  const zh = lang === "zh";
  if (minutes < 60) return zh ? `${minutes} 分钟` : `${minutes} min`;
  if (minutes < 48 * 60) return zh ? `${Math.floor(minutes / 60)} 小时` : `${Math.floor(minutes / 60)} h`;
  return zh ? `${Math.floor(minutes / 1440)} 天` : `${Math.floor(minutes / 1440)} d`;
}
export function bytes(value: number, lang: Lang = session.lang): string {
  if (value < 1e6) return `${numbers(lang, { maximumFractionDigits: 0 }).format(value / 1e3)} kB`;
  return `${numbers(lang, { maximumFractionDigits: 1 }).format(value / 1e6)} MB`;
}
