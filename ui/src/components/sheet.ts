// What a table shows, handed over to a spreadsheet: the same question, every row of it.
import { act } from "../api/act";
import type { Cell, SheetArgs } from "../api/bindings";
import { canChooseFile } from "../api/client";
import { download } from "../actions/print";
import { t } from "../i18n/text.svelte";
import { ask } from "../state/panels.svelte";
import { toast } from "../state/toast.svelte";
import type { LoadPage } from "./paging.svelte";
import { everyRow } from "./rows/every";
import type { Column } from "./table";

const TYPES = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

type Text = { text: string };

/** A row's value as a spreadsheet knows it: numbers stay numbers, times and money stay themselves. */
export function cellOf(row: unknown, column: Column): Cell {
  const value = (row as Record<string, unknown>)[column.field ?? column.id];
  if (value === null || value === undefined) return "";
  if (typeof value === "number") {
    if (column.time) return { at: value };
    return Number.isInteger(value) ? value : String(value);
  }
  if (Array.isArray(value))
    return value.map((one: Text | string) => (typeof one === "string" ? one : one.text)).join(" · ");
  if (typeof value === "object") {
    if ("minor" in value) return value as Cell;
    return "text" in value ? (value as Text).text : "";
  }
  return String(value);
}

async function save<Row>(
  name: string,
  format: SheetArgs["format"],
  columns: Column[],
  rows: Row[],
): Promise<void> {
  const shown = columns.filter((column) => column.head !== "");
  const sheet = await act(
    "save_sheet",
    {
      name,
      format,
      heads: shown.map((column) => column.head),
      rows: rows.map((row) => shown.map((column) => cellOf(row, column))),
    },
    { quiet: true },
  );
  if (!sheet) return;
  // In a browser the file is handed over; on the desktop it lies in the data folder.
  if (!canChooseFile()) download(sheet.file_name, sheet.base64, TYPES[format]);
  toast.say("good", t("table.exported", { n: rows.length, path: sheet.saved_path }));
}

export function askForSheet<Row>(
  name: string,
  columns: Column[],
  total: number,
  source: { rows?: Row[]; load?: LoadPage<Row> },
): void {
  ask({
    title: t("table.exportTitle", { n: total }),
    hint: t("table.exportHint"),
    fields: [
      {
        id: "format",
        label: "table.format",
        kind: "select",
        options: [
          { value: "xlsx", label: "XLSX" },
          { value: "csv", label: "CSV" },
        ],
      },
    ],
    submit: "table.export",
    done: async ({ format }) => {
      const rows = source.rows ?? (source.load ? await everyRow(source.load, total) : []);
      await save(name, format as SheetArgs["format"], columns, rows);
    },
  });
}
