import type { Api } from "../bindings";
import { dayText, NOW, personName, words } from "./base";
import { imports } from "./orders";

const sheet = (title: string, page: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297" width="210mm" height="297mm"><rect width="210" height="297" fill="#fff"/><text x="16" y="28" font-size="11" font-family="sans-serif" font-weight="700">${title}</text>${Array.from({ length: 18 }, (_, i) => `<path d="M16 ${50 + i * 12}H194" stroke="#ccc"/>`).join("")}<text x="16" y="288" font-size="4" font-family="sans-serif">${page}/2 · ${dayText(0)}</text></svg>`;

export const answers: Partial<{ [K in keyof Api]: (args: Api[K][0]) => Api[K][1] }> = {
  print: ({ doc }) => ({
    file_name: `${doc}-${dayText(0)}.pdf`,
    saved_path: `paper/${doc}-${dayText(0)}.pdf`,
    pdf_base64: btoa("%PDF-1.4"),
    pages_svg: [sheet(doc, 1), sheet(doc, 2)],
  }),
  settings: () => ({
    warehouse: words("Neckar Quay Warehouse", "内卡码头仓"),
    site: "HD-1",
    data_folder: "demo",
    database_bytes: 48_200_113,
    events: 148_211,
    station: "desk-1",
    version: "0.1.0",
    people: Array.from({ length: 6 }, (_, i) => ({
      id: `p${i + 1}`,
      name: personName(i),
      roles: i === 0 ? ["supervisor", "admin"] : ["picker"],
      active: i !== 5,
    })),
    drop: { path: "/srv/quayside/drop", watching: true, recent: imports },
    currency: "EUR",
    time_zone: "Europe/Berlin",
    tolerance_units: 2,
    tolerance_minor: 1000,
  }),
  verify: () => ({
    ok: true,
    events: 148_211,
    state_hash: "9f3a77c2d10b44e1",
    checks: ["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9"].map((name) => ({
      name,
      ok: true,
      text: words("holds for every SKU, lot and owner", "每个货号、批次、货主均成立"),
    })),
    seconds: 2.4 + (NOW % 2),
  }),
};
