// Whose column is whose: files from other programs name their columns in their own way.
import type { ImportArgs } from "../../api/bindings";

type Kind = ImportArgs["kind"];

export const COLUMNS: Record<Kind, { needed: string[]; others: string[] }> = {
  orders: {
    needed: ["order_id", "customer", "address", "sku", "qty"],
    others: ["phone", "lon", "lat", "placed_at", "window_from", "window_to", "unit_price", "note"],
  },
  products: {
    needed: ["sku", "name"],
    others: [
      "name_zh",
      "category",
      "barcode",
      "unit",
      "weight_g",
      "volume_ml",
      "removal",
      "lot_tracked",
      "expiry_tracked",
      "serial_tracked",
      "supplier",
      "unit_cost",
      "price",
      "safety",
      "pack",
      "moq",
      "lead_time_days",
    ],
  },
  places: { needed: ["code", "kind"], others: ["zone", "walk", "capacity_ml", "max_weight_g"] },
  stock: { needed: ["sku", "location", "qty"], others: ["lot", "serial", "expires", "unit_cost"] },
};

/** What shops and spreadsheets call the same thing. */
const ALSO: Record<string, string[]> = {
  order_id: ["order", "order no", "order number", "name", "订单号", "单号"],
  customer: ["customer name", "buyer", "recipient", "shipping name", "收货人", "客户", "买家"],
  address: ["shipping address", "street", "shipping street", "地址", "收货地址"],
  phone: ["telephone", "tel", "mobile", "电话", "手机"],
  sku: ["article", "item", "item code", "product", "lineitem sku", "货号", "商品编码"],
  qty: ["quantity", "amount", "units", "on hand", "lineitem quantity", "数量", "库存"],
  name: ["title", "description", "product name", "名称", "品名"],
  name_zh: ["chinese name", "中文名"],
  barcode: ["ean", "gtin", "upc", "条码"],
  location: ["bin", "shelf", "place", "库位", "货位"],
  code: ["bin", "location", "库位"],
  kind: ["type", "类型"],
  unit_cost: ["cost", "purchase price", "成本", "进价"],
  unit_price: ["price", "lineitem price", "单价"],
  price: ["sales price", "rrp", "售价"],
  category: ["group", "type", "分类"],
  supplier: ["vendor", "供应商"],
  lot: ["batch", "批次"],
  expires: ["expiry", "best before", "有效期"],
  weight_g: ["weight", "grams", "重量"],
  placed_at: ["date", "created at", "order date", "下单时间"],
  note: ["notes", "comment", "备注"],
};

const plain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[_\-.]+/g, " ");

function separator(line: string): string {
  const counts = ["\t", ";", ","].map((sign) => line.split(sign).length);
  return ["\t", ";", ","][counts.indexOf(Math.max(...counts))];
}

function cells(line: string, sign: string): string[] {
  const found: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const c = line[at];
    if (c === '"' && quoted && line[at + 1] === '"') cell += line[++at];
    else if (c === '"') quoted = !quoted;
    else if (c === sign && !quoted) {
      found.push(cell);
      cell = "";
    } else cell += c;
  }
  return [...found, cell].map((one) => one.trim());
}

function firstLine(text: string): string {
  return text.replace(/^\ufeff/, "").split(/\r?\n/, 1)[0];
}

/** The names in the first row; none for JSON. */
export function heads(text: string): string[] {
  const line = firstLine(text);
  if (!line.trim() || /^\s*[[{]/.test(line)) return [];
  return cells(line, separator(line));
}

/** For each column of the file the name it most likely means, or "". Each name is given once. */
export function guess(names: string[], kind: Kind): string[] {
  const wanted = [...COLUMNS[kind].needed, ...COLUMNS[kind].others];
  const given = new Set<string>();
  const pick = (fits: (ours: string, theirs: string) => boolean, known: string[]): string[] =>
    names.map((theirs, at) => {
      if (known[at]) return known[at];
      const ours = wanted.find((one) => !given.has(one) && fits(one, plain(theirs)));
      if (ours) given.add(ours);
      return ours ?? "";
    });
  const exact = pick(
    (ours, theirs) => plain(ours) === theirs,
    names.map(() => ""),
  );
  return pick((ours, theirs) => (ALSO[ours] ?? []).includes(theirs), exact);
}

export function missing(meaning: string[], kind: Kind): string[] {
  return COLUMNS[kind].needed.filter((one) => !meaning.includes(one));
}

const quote = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The same file with our names in its first row; what was copied from a spreadsheet becomes CSV. */
export function renamed(text: string, meaning: string[]): string {
  const line = firstLine(text);
  const sign = separator(line);
  const rest = text.replace(/^\ufeff/, "").slice(line.length);
  const names = meaning.map((ours, at) => ours || `column_${at + 1}`);
  if (sign !== "\t") return names.join(sign) + rest;
  const rows = rest.split(/\r?\n/).filter((row) => row.trim() !== "");
  return [names, ...rows.map((row) => cells(row, "\t"))].map((row) => row.map(quote).join(",")).join("\n");
}
