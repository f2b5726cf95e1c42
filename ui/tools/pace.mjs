// How quickly the screens answer a hand, in Chromium on a served warehouse.
//   node ui/tools/pace.mjs URL [--pid PID]     PID of `quay serve`, for its memory and idle time
// It picks nothing: the scans are wrong ones, which the core refuses after the same look at the book.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values: wish, positionals } = parseArgs({
  allowPositionals: true,
  options: { pid: { type: "string", default: "" } },
});
const [address] = positionals;
if (!address) throw new Error("Which address? `quay serve DIR` prints it.");
const SCANS = 200;
const ROUNDS = 6;
const IDLE_S = 20;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.setDefaultTimeout(60_000);
await page.addInitScript(() => {
  localStorage.setItem("quayside.lang", "en");
  localStorage.setItem("quayside.sound", "off");
});
await page.goto(address);
await page.getByTestId("signin-person-li.wei").click();
await page.getByTestId("signin-pin").fill("1234");
await page.getByTestId("signin-submit").click();
await page.getByTestId("nav-today").waitFor();
const home = page.url().split("#")[0];

const wrong = [];
function say(name, values, share, goal) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)];
  const value = at(share / 100);
  if (value > goal) wrong.push(name);
  const figures = `p50 ${at(0.5).toFixed(0)}, p${share} ${value.toFixed(0)}, most ${at(1).toFixed(0)} ms`;
  console.log(`${name.padEnd(28)} ${figures} of ${values.length} (goal p${share} < ${goal})`);
}

// From the scanner's Enter to the first frame on which the band has another color and word.
await page.goto(home + "#/pick");
await page.locator("[data-testid^=pick-wave-]").first().click();
await page.getByTestId("floor").waitFor();
const scans = await page.evaluate(async (count) => {
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const press = (key) =>
    window.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  document.activeElement?.blur?.();
  const took = [];
  for (let n = 0; n < count; n++) {
    const code = `Z-${String(n).padStart(3, "0")}`;
    for (const key of code) press(key);
    const begun = performance.now();
    const shown = new Promise((done) => {
      const message = document.querySelector("[data-testid=floor-message]");
      const watch = new MutationObserver(() => {
        if (!message.textContent.includes(code)) return;
        watch.disconnect();
        // Two frames on: the first is drawn from what was changed, the second proves it is out.
        requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0));
      });
      watch.observe(document.querySelector("[data-testid=floor]"), {
        subtree: true,
        childList: true,
        characterData: true,
      });
      setTimeout(() => done(NaN), 5000);
    });
    press("Enter");
    took.push((await shown) - begun);
    await pause(30);
  }
  return took;
}, SCANS);
const unheard = scans.filter(Number.isNaN).length;
if (unheard) wrong.push(`${unheard} scans were not answered`);
say(
  "scan to feedback",
  scans.filter((ms) => !Number.isNaN(ms)),
  99,
  50,
);

// From the key to the first frame of the new screen with what it asked for.
const CHANGES = [
  ["orders", "[data-testid^=row-]"],
  ["stock", "[data-testid^=row-]"],
  ["pick", "[data-testid^=pick-wave-]"],
  ["receive", "[data-testid^=row-]"],
  ["count/plan", "[data-testid^=row-]"],
  ["stock/bin", "[data-testid^=row-]"],
  ["stock/lot", "[data-testid^=row-]"],
  ["settings", "[data-testid=theme-dark]"],
  ["buy", "[data-testid^=row-]"],
  ["today", "[data-testid=card-ready]"],
];
const changes = [];
const each = new Map();
for (let round = 0; round < ROUNDS; round++)
  for (const [hash, sign] of CHANGES) {
    const ms = await page.evaluate(
      ([hash, sign]) =>
        new Promise((done) => {
          const begun = performance.now();
          const gone = new Set(document.querySelectorAll(sign));
          location.hash = `#/${hash}`;
          const look = () => {
            const fresh = [...document.querySelectorAll(sign)].some((e) => !gone.has(e));
            if (fresh || performance.now() - begun > 10_000)
              setTimeout(() => done(performance.now() - begun), 0);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }),
      [hash, sign],
    );
    changes.push(ms);
    each.set(hash, [...(each.get(hash) ?? []), ms]);
    await page.waitForTimeout(120);
  }
say("screen change", changes, 95, 150);
for (const [hash, took] of each)
  console.log(`  ${hash.padEnd(26)} ${took.map((ms) => ms.toFixed(0)).join(" ")} ms`);

// A wheel over the whole list; what the compositor and the main thread did is in the trace.
for (const [hash, name] of [
  ["orders/all", "scroll of the orders"],
  ["stock/bin", "scroll of the bins"],
]) {
  await page.goto(`${home}#/${hash}`);
  await page.locator("[data-testid^=row-]").first().waitFor();
  await page.waitForTimeout(800);
  await page.mouse.move(640, 420);
  const cdp = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    window.frames_ms = [];
    window.blank = 0;
    let last = performance.now();
    const tick = (now) => {
      window.frames_ms.push(now - last);
      last = now;
      const rows = document.querySelectorAll("[data-testid^=row-]").length;
      if (rows < 3) window.blank += 1;
      window.ticking = requestAnimationFrame(tick);
    };
    window.ticking = requestAnimationFrame((now) => ((last = now), tick(now)));
  });
  for (let n = 0; n < 120; n++) {
    await cdp.send("Input.dispatchMouseEvent", {
      type: "mouseWheel",
      x: 640,
      y: 420,
      deltaX: 0,
      deltaY: n < 80 ? 240 : -160,
    });
    await page.waitForTimeout(16);
  }
  await page.waitForTimeout(400);
  const { frames, blank } = await page.evaluate(() => {
    cancelAnimationFrame(window.ticking);
    return { frames: window.frames_ms.slice(1), blank: window.blank };
  });
  say(name, frames, 100, 50);
  console.log(`  ${frames.filter((ms) => ms > 50).length} frames over 50 ms, ${blank} frames without rows`);
  await cdp.detach();
}

if (wish.pid) {
  await page.goto(`${home}#/today`);
  await page.waitForTimeout(4000);
  const ticks = () => {
    const fields = readFileSync(`/proc/${wish.pid}/stat`, "utf8").split(") ")[1].split(" ");
    return Number(fields[11]) + Number(fields[12]);
  };
  const before = ticks();
  await page.waitForTimeout(IDLE_S * 1000);
  // A tick is a hundredth of a second on every Linux that Chromium runs on.
  const share = (ticks() - before) / IDLE_S;
  if (share > 1) wrong.push("idle");
  console.log(`${"idle, core".padEnd(28)} ${share.toFixed(2)} % of a core over ${IDLE_S} s (goal < 1)`);
  const status = readFileSync(`/proc/${wish.pid}/status`, "utf8");
  const kb = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
  const anonymous = (kb("RssAnon") / 1024).toFixed(0);
  if (kb("RssAnon") / 1024 > 150) wrong.push("memory");
  console.log(
    `${"memory, core".padEnd(28)} ${anonymous} MB of its own, ${(kb("VmRSS") / 1024).toFixed(0)} MB with mapped files (goal < 150)`,
  );
}
await browser.close();
for (const name of wrong) console.log(`beyond its goal: ${name}`);
process.exit(wrong.length ? 1 : 0);
