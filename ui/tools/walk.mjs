// Walks through every screen of a served demo warehouse in Chromium and complains: what axe-core
// finds, words that are cut off or not translated, what the keyboard cannot reach.
//   quay serve DIR   then   node ui/tools/walk.mjs URL [--lang en|zh|pseudo] [--size 1280x800]
//                           [--theme light|dark|contrast] [--only today,sku] [--pictures DIR] [--keys]
//                           [--zoom 2] [--density touch]
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { LOOKS } from "./looks.mjs";
import { cutOff, keyboardGaps, outOfReach, tooSmall, untranslated } from "./faults.mjs";

const { values: wish, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lang: { type: "string", default: "en" },
    size: { type: "string", default: "1280x800" },
    theme: { type: "string", default: "light" },
    only: { type: "string", default: "" },
    pictures: { type: "string", default: "" },
    keys: { type: "boolean", default: false },
    zoom: { type: "string", default: "1" },
    density: { type: "string", default: "normal" },
  },
});
const [address] = positionals;
if (!address) throw new Error("Which address? `quay serve DIR` prints it.");
const [width, height] = wish.size.split("x").map(Number);
const only = wish.only.split(",").filter(Boolean);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
if (wish.pictures) mkdirSync(wish.pictures, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--enable-unsafe-swiftshader"],
});
// A browser that is zoomed in has fewer pixels to lay out, each of them larger.
const zoom = Number(wish.zoom);
const page = await browser.newPage({
  viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
  deviceScaleFactor: zoom,
  reducedMotion: "reduce",
});
const complaints = new Set();
let where = "start";
const complain = (what) => complaints.add(`${where}: ${what}`);
/** Everything the core said: data, or its own words in the person's language. */
let said = "";
page.on("console", (message) => {
  // A refused command is a sentence on the screen; the browser logs its status all the same.
  if (message.type() === "error" && !message.text().includes("422")) complain(`console: ${message.text()}`);
});
page.on("pageerror", (error) => complain(`page: ${error.message}`));
page.on("response", async (response) => {
  if (!response.url().includes("/api/")) return;
  const text = await response.text().catch(() => "");
  said += text;
});
await page.addInitScript(
  ([lang, theme, density]) => {
    if (location.protocol === "about:") return;
    localStorage.setItem("quayside.lang", lang === "zh" ? "zh" : "en");
    localStorage.setItem("quayside.pseudo", lang === "pseudo" ? "on" : "off");
    localStorage.setItem("quayside.theme", theme);
    localStorage.setItem("quayside.density", density);
    localStorage.setItem("quayside.sound", "off");
  },
  [wish.lang, wish.theme, wish.density],
);

const DATES =
  /\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b/g;
/** Our screens join what the core said with signs of their own. */
function isData(text) {
  const known = (part) => said.includes(part) || !/\p{L}{3}/u.test(part.replace(DATES, ""));
  const codes = (part) => part.split(" ").every((word) => known(word) && /\d/.test(word));
  return text.split(/ ?[·→×] ?/).every((part) => known(part.trim()) || codes(part.trim()));
}

async function look(name) {
  where = name;
  await settle();
  const widths = wish.lang !== "pseudo" && zoom === 1;
  for (const cut of await page.evaluate(cutOff, widths)) complain(cut);
  if (zoom > 1) for (const lost of await page.evaluate(outOfReach)) complain(lost);
  if (wish.density === "touch") for (const small of await page.evaluate(tooSmall)) complain(small);
  if (wish.lang !== "en") {
    const words = await page.evaluate(untranslated, wish.lang);
    for (const word of words) if (wish.lang === "zh" || !isData(word)) complain(`not translated: ${word}`);
  }
  if (wish.pictures) await page.screenshot({ path: `${wish.pictures}/${name}.png` });
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, impact, nodes } of found.violations) {
    const places = nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`);
    complain(`${id} (${impact}) ${places.join(" | ")}`);
  }
  if (wish.keys) for (const gap of await keyboardGaps(page)) complain(gap);
}

async function settle() {
  await page.waitForLoadState("networkidle", { timeout: 3000 }).catch(() => {});
  await page.waitForTimeout(250);
}

await page.goto(address);
await page.getByTestId("signin-person-li.wei").waitFor();
if (!only.length) await look("signin");
await page.getByTestId("signin-person-li.wei").click();
await page.getByTestId("signin-pin").fill("1234");
await page.getByTestId("signin-submit").click();
await page.getByTestId("nav-today").waitFor();
const home = page.url().split("#")[0];
let seen = 0;
for (const [name, hash, ...steps] of LOOKS) {
  if (only.length && !only.includes(name)) continue;
  where = name;
  await page.goto("about:blank");
  await page.goto(home + hash);
  await page.getByTestId("screen-title").or(page.getByTestId("floor")).first().waitFor();
  await settle();
  try {
    for (const step of steps) await step(page);
  } catch (error) {
    complain(String(error).split("\n")[0]);
  }
  await look(name);
  seen += 1;
}
await browser.close();
for (const one of complaints) console.log(one);
console.log(`${seen} screens in ${wish.lang}, ${wish.theme}, ${wish.size}: ${complaints.size} complaints`);
process.exit(complaints.size ? 1 : 0);
