// Where the walk looks: a name, an address, and what is done there first.
const PATIENCE_MS = 20_000;

/** Clicks the first element whose test id begins so; a row where its name stands, not on a number. */
const click = (id) => (page) => {
  const position = id === "row-" ? { x: 60, y: 12 } : undefined;
  return page.locator(`[data-testid^="${id}"]`).first().click({ timeout: PATIENCE_MS, position });
};
/** Opens what stands under a table and groups its rows. */
const group = (by) => async (page) => {
  await page.getByTestId("choose-columns").click({ timeout: PATIENCE_MS });
  await page.getByTestId("group-by").selectOption(by);
  await page.keyboard.press("Escape");
  await page.waitForTimeout(600);
};
const press = (key) => (page) => page.keyboard.press(key);
/** As a person pastes a code where nothing is being typed. */
const paste = (text) => (page) =>
  page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text", text);
    document.activeElement?.blur?.();
    window.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
const pause = (ms) => (page) => page.waitForTimeout(ms);
const type = (id, text) => async (page) => {
  await page.getByTestId(id).fill(text);
  await page.getByTestId(id).press("Enter");
  await page.waitForTimeout(150);
};
/** Answers a floor screen with what it asks for, so many times. */
const scan = (text) => type("floor-scan", text);

export const LOOKS = [
  ["today", "#/today"],
  ["health", "#/today/health"],
  ["orders", "#/orders"],
  ["order", "#/orders/short", click("row-")],
  ["orders-import", "#/orders/ready/+import"],
  ["orders-new", "#/orders/ready/+new"],
  ["orders-views", "#/orders", press("v"), pause(200)],
  ["orders-columns", "#/orders/ready", click("choose-columns"), pause(200)],
  ["orders-groups", "#/orders/ready", group("promise")],
  ["order-hold", "#/orders/ready", click("row-"), click("do-hold-order")],
  ["pick", "#/pick"],
  ["pick-floor", "#/pick", click("pick-wave-")],
  ["pick-wrong", "#/pick", click("pick-wave-"), scan("A-99-9")],
  ["pick-short", "#/pick", click("pick-wave-"), click("floor-short")],
  ["pack", "#/pack"],
  ["pack-floor", "#/pack", click("pack-order-")],
  ["receive", "#/receive"],
  ["receipt", "#/receive/expected", click("row-")],
  ["receive-floor", "#/receive/expected", click("receive-")],
  ["putaway", "#/receive/putaway"],
  ["putaway-floor", "#/receive/putaway", click("do-start-putaway")],
  ["returns", "#/receive/returns"],
  ["stock", "#/stock"],
  ["sku", "#/stock/sku", click("row-")],
  ["bins", "#/stock/bin"],
  ["bin", "#/stock/bin", click("row-")],
  ["lots", "#/stock/lot"],
  ["discrepancies", "#/stock/discrepancies"],
  ["moves", "#/stock/sku", click("row-"), click("sku-moves")],
  ["count", "#/count"],
  ["count-plan", "#/count/plan"],
  ["count-floor", "#/count/plan", click("row-"), press(" "), press("o"), pause(800), click("count-")],
  ["buy", "#/buy"],
  ["proposal", "#/buy/all", click("row-")],
  ["refills", "#/buy/refills"],
  ["demand", "#/buy/demand"],
  ["service", "#/buy/service"],
  ["budget", "#/buy/budget"],
  ["slotting", "#/stock/slotting"],
  ["route", "#/route", pause(1500)],
  ["route-plan", "#/route", click("plan-routes"), pause(3000)],
  ["route-offer", "#/route", click("plan-take"), pause(1500)],
  [
    "route-picked",
    "#/route",
    pause(800),
    click("stop-"),
    press("Shift+ArrowDown"),
    press("m"),
    press("2"),
    pause(1500),
  ],
  ["route-replay", "#/route", pause(800), click("replay-play"), pause(900), press("r"), pause(200)],
  ["labels", "#/labels"],
  ["settings", "#/settings"],
  ["people", "#/settings/people"],
  ["vans", "#/settings/vans", click("edit-van-")],
  ["alerts", "#/settings/alerts"],
  ["server", "#/settings/server"],
  ["data", "#/settings/data"],
  ["books", "#/settings/books"],
  ["about", "#/settings/about"],
  ["diagnostics", "#/settings/about", press("d"), pause(200)],
  ["help", "#/orders", press("F1"), pause(200)],
  ["scanner", "#/settings", click("scanner-test"), paste("A-01-1"), pause(600)],
  ["palette", "#/today", click("open-palette")],
  ["shortcuts", "#/orders", press("?"), pause(200)],
  ["undo", "#/orders", press("Control+z"), pause(200)],
];
