import type { Chip, Done, Money, Tone } from "../bindings";

export let lang: "en" | "zh" = "en";
export function setSession(session: string): void {
  lang = session.startsWith("zh") ? "zh" : "en";
}
export const words = (en: string, zh: string): string => (lang === "zh" ? zh : en);

export const NOW = Date.now();
export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const dayText = (offset: number): string => new Date(NOW + offset * DAY).toISOString().slice(0, 10);
export const eur = (minor: number): Money => ({ minor, currency: "EUR" });
export const chip = (tone: Tone, en: string, zh: string): Chip => ({ tone, text: words(en, zh) });

let seq = 1000;
export const done = (message: string): Done => ({ message, event_ids: [`ev-${(seq += 1)}`] });

/** The same noise each time, so that two pictures can be compared. */
export function noise(seed: number): number {
  const x = Math.sin(seed * 12.9898 + 78.233) * 43758.5453;
  return x - Math.floor(x);
}
export const between = (seed: number, low: number, high: number): number =>
  Math.floor(low + noise(seed) * (high - low + 1));
export const pick = <T>(seed: number, list: readonly T[]): T => list[Math.floor(noise(seed) * list.length)];

const THINGS: [string, string][] = [
  ["Ceramic mug, white", "白色陶瓷杯"],
  ["Ceramic mug, blue", "蓝色陶瓷杯"],
  ["Oat biscuits 250 g", "燕麦饼干 250 克"],
  ["Olive oil 500 ml", "橄榄油 500 毫升"],
  ["Desk lamp, brass", "黄铜台灯"],
  ["Linen towel, sand", "亚麻毛巾 沙色"],
  ["Notebook A5, dotted", "A5 点阵笔记本"],
  ["Barcode scanner BT-2", "蓝牙扫码枪 BT-2"],
  ["Green tea, loose 100 g", "散装绿茶 100 克"],
  ["Storage box 12 l, clear", "12 升透明收纳箱"],
  ["Wool socks 39–42", "羊毛袜 39–42"],
  ["Candle, cedar", "雪松香薰蜡烛"],
];
export const COUNT_OF_SKUS = 2036;
export const skuCode = (i: number): string => `QS-${String(10000 + i * 7).padStart(5, "0")}`;
export const skuIndex = (code: string): number =>
  Math.max(0, Math.round((Number(code.slice(3)) - 10000) / 7)) || 0;
export function skuName(i: number): string {
  const [en, zh] = THINGS[i % THINGS.length];
  const variant = Math.floor(i / THINGS.length);
  return words(en, zh) + (variant ? ` ${variant + 1}` : "");
}
export const barcode = (i: number): string => `40063813${String(3393 + i).padStart(5, "0")}`;
export const binCode = (i: number): string =>
  `${"ABCD"[i % 4]}-${String(1 + (Math.floor(i / 4) % 18)).padStart(2, "0")}-${1 + (Math.floor(i / 72) % 5)}`;
const PEOPLE = ["Li Wei", "Marta Novak", "Jonas Weber", "陈晓梅", "Amina Diallo", "Piet de Vries"];
export const personName = (i: number): string => PEOPLE[i % PEOPLE.length];
const CUSTOMERS = [
  "Café Lindenhof",
  "Haus & Garten Roth",
  "Nordlicht Apotheke",
  "Bücherei am Markt",
  "Schule am Neckar",
  "晨光文具店",
  "Atelier Fontaine",
  "Hotel Schwarzer Adler",
  "Biomarkt Süd",
  "Praxis Dr. Öztürk",
];
export const customer = (i: number): string => CUSTOMERS[i % CUSTOMERS.length];
