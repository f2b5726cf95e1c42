// Where the walk looks: a name, an address, and what is done there first.
const PATIENCE_MS = 20_000;

/** Clicks the first element whose test id begins so; a row where its name stands, not on a number. */
const click = (id) => (page) => {
  const position = id === "row-" ? { x: 60, y: 12 } : undefined;
  return page.locator(`[data-testid^="${id}"]`).first().click({ timeout: PATIENCE_MS, position });
};
const press = (key) => (page) => page.keyboard.press(key);
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
  ["orders", "#/orders"],
  ["order", "#/orders/short", click("row-")],
  ["orders-import", "#/orders/ready/+import"],
  ["orders-new", "#/orders/ready/+new"],
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
  ["labels", "#/labels"],
  ["settings", "#/settings"],
  ["people", "#/settings/people"],
  ["vans", "#/settings/vans", click("edit-van-")],
  ["server", "#/settings/server"],
  ["data", "#/settings/data"],
  ["books", "#/settings/books"],
  ["about", "#/settings/about"],
  ["palette", "#/today", click("open-palette")],
  ["shortcuts", "#/orders", press("?"), pause(200)],
  ["undo", "#/orders", press("Control+z"), pause(200)],
];
