// Pictures of every screen from the cardboard warehouse, and what axe-core says about each.
//   npm run dev &   node tools/look.mjs OUT_DIR [en|zh] [WIDTHxHEIGHT] [light|dark|contrast] [only,these]
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [out, lang = "en", size = "1280x800", theme = "light", only = ""] = process.argv.slice(2);
if (!out) throw new Error("Where to put the pictures?");
const [width, height] = size.split("x").map(Number);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wanted = only.split(",").filter(Boolean);

const click = (id) => (page) => page.getByTestId(id).first().click();
const type = (id, text) => async (page) => {
  await page.getByTestId(id).fill(text);
  await page.getByTestId(id).press("Enter");
  await page.waitForTimeout(150);
};
const steps =
  (...list) =>
  async (page) => {
    for (const step of list) await step(page);
  };
const LOOKS = [
  ["today", "#/today"],
  ["orders", "#/orders"],
  ["order", "#/orders/short/o-3"],
  ["orders-import", "#/orders/ready/+import"],
  ["orders-new", "#/orders/ready/+new"],
  ["order-hold", "#/orders/ready/o-3", click("do-hold-order")],
  ["pick", "#/pick"],
  ["pick-floor", "#/pick/floor/w1", type("floor-scan", "C-01-1")],
  ["pick-wrong", "#/pick/floor/w1", type("floor-scan", "A-99-9")],
  ["pick-qty", "#/pick/floor/w1", steps(type("floor-scan", "C-01-1"), type("floor-scan", "QS-10000"))],
  ["pick-short", "#/pick/floor/w1", click("floor-short")],
  ["pack", "#/pack"],
  ["pack-floor", "#/pack/floor/o-1"],
  ["pack-items", "#/pack/floor/o-1", steps(click("box-M"), type("floor-scan", "QS-10014"))],
  ["receive", "#/receive/expected/r0"],
  ["receive-floor", "#/receive/floor/r0", type("floor-scan", "QS-10028")],
  ["putaway", "#/receive/putaway"],
  ["putaway-floor", "#/receive/putaway-floor", type("floor-scan", "QS-10014")],
  ["returns", "#/receive/returns"],
  ["stock", "#/stock"],
  ["sku", "#/stock/sku/QS-10007"],
  ["bins", "#/stock/bin/A-04-2"],
  ["lots", "#/stock/lot"],
  ["discrepancies", "#/stock/discrepancies"],
  ["moves", "#/stock/sku/QS-10007", click("sku-moves")],
  ["count", "#/count/open/cc3"],
  ["count-plan", "#/count/plan"],
  ["count-floor", "#/count/floor/cc0", type("floor-scan", "A-01-1")],
  ["buy", "#/buy"],
  ["proposal", "#/buy/open/QS-10021"],
  ["refills", "#/buy/refills"],
  ["route", "#/route"],
  ["route-stop", "#/route", click("stop-SO-48209")],
  ["route-plan", "#/route", steps(click("plan-routes"), (page) => page.waitForTimeout(2500))],
  ["labels", "#/labels"],
  ["labels-page", "#/labels", steps(click("print-preview"), (page) => page.waitForTimeout(200))],
  ["settings", "#/settings"],
  ["people", "#/settings/people", click("edit-person-p2")],
  ["data", "#/settings/data"],
  ["books", "#/settings/books", click("verify")],
  ["about", "#/settings/about"],
  ["palette", "#/today", click("open-palette")],
  ["keys", "#/orders", (page) => page.keyboard.press("?")],
  ["undo", "#/orders", (page) => page.keyboard.press("Control+z")],
];

mkdirSync(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage({ viewport: { width, height } });
const complaints = [];
page.on("console", (message) => message.type() === "error" && complaints.push(`console: ${message.text()}`));
page.on("pageerror", (error) => complaints.push(`page: ${error.message}`));
await page.addInitScript(
  ([l, th]) => {
    if (location.protocol === "about:") return;
    localStorage.setItem("quayside.lang", l);
    localStorage.setItem("quayside.theme", th);
  },
  [lang, theme],
);
const base = "http://localhost:5173/?mock";

/** Cells whose words are cut off without a title to read them by, and tables wider than their place. */
function cutOff() {
  const wide = [...document.querySelectorAll(".table, .scroll")]
    .filter((e) => e.scrollWidth > e.clientWidth + 1)
    .map((e) => `wide: ${e.className.split(" ")[0]} ${e.scrollWidth}>${e.clientWidth}`);
  const heads = [...document.querySelectorAll(".th, .btn, nav button, .toolbar *")]
    .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow !== "visible")
    .map((e) => `cut: ${e.textContent.trim().slice(0, 30)}`);
  return [...wide, ...heads];
}

async function look(name) {
  await page.waitForTimeout(300);
  for (const cut of await page.evaluate(cutOff)) complaints.push(`${name}: ${cut}`);
  await page.screenshot({ path: `${out}/${name}-${lang}.png` });
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const found of result.violations) {
    if (!["serious", "critical"].includes(found.impact)) continue;
    complaints.push(
      `${name}: ${found.id} (${found.impact}) ${found.nodes
        .slice(0, 3)
        .map((n) => n.target.join(" ") + " " + (n.any[0]?.message ?? ""))
        .join(" | ")}`,
    );
  }
}

await page.goto(base);
await page.getByTestId("signin-person-p1").waitFor();
if (!wanted.length) await look("signin");
await page.getByTestId("signin-person-p1").click();
await page.getByTestId("signin-pin").fill("1234");
if (!wanted.length) await look("signin-pin");
await page.getByTestId("signin-submit").click();
await page.getByTestId("nav-today").waitFor();
for (const [name, hash, act] of LOOKS) {
  if (wanted.length && !wanted.includes(name)) continue;
  await page.goto("about:blank");
  await page.goto(`${base}${hash}`);
  await page.waitForTimeout(250);
  try {
    await act?.(page);
  } catch (error) {
    complaints.push(`${name}: ${String(error).split("\n")[0]}`);
  }
  await look(name);
}
await browser.close();
console.log(complaints.length ? complaints.join("\n") : "nothing to complain about");
