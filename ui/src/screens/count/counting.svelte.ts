// One bin, counted blind: what lies there, not what the book would like.
import type { CountEntry, CountOutcome, CountTask } from "../../api/bindings";
import { call, CallFailed } from "../../api/client";
import { changes } from "../../api/query.svelte";
import { Flash } from "../../components/floor/flash.svelte";
import { t } from "../../i18n/text.svelte";

export interface Counted {
  key: string;
  sku: string;
  name: string;
  barcode: string;
  lot: string;
  expires: string;
  qty: number | null;
}

export class Counting {
  readonly flash = new Flash();
  task = $state.raw<CountTask | null>(null);
  atBin = $state(false);
  lines = $state<Counted[]>([]);
  outcome = $state.raw<CountOutcome | null>(null);
  last = $state("");
  #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  get instruction(): string {
    if (this.outcome) return t("floor.leave");
    return this.atBin ? t("count.scanItems") : t("count.scanBin", { bin: this.task?.location ?? "" });
  }
  get filled(): number {
    return this.lines.filter((line) => line.qty !== null).length;
  }

  async start(): Promise<void> {
    try {
      this.task = await call("start_count", { id: this.#id });
      if (this.lines.length) return;
      this.lines = this.task.lines.map((line) => ({ ...line, key: `${line.sku}/${line.lot}`, qty: null }));
    } catch (error) {
      this.#refused(error);
    }
  }

  scan(text: string): void {
    const task = this.task;
    if (!task || this.outcome) return;
    if (!this.atBin) {
      if (text.toLowerCase() !== task.location.toLowerCase())
        return this.flash.wrong(t("count.wrongBin", { bin: task.location }));
      this.atBin = true;
      return this.flash.right(t("pick.binRight"));
    }
    const line = this.lines.find((one) => this.#names(one, text));
    if (!line) return this.flash.wrong(t("count.unknownItem", { text }));
    line.qty = (line.qty ?? 0) + 1;
    this.last = line.key;
    this.flash.right(`${line.name}: ${line.qty}`);
  }
  #names(line: Counted, text: string): boolean {
    const wanted = text.toLowerCase();
    const lotFits =
      line.lot === "" || text.length < 14 || !text.includes("\u001d") || text.includes(line.lot);
    return (
      [line.barcode, line.sku, line.lot].some((code) => code !== "" && code.toLowerCase() === wanted) ||
      (line.barcode.length >= 8 && text.includes(line.barcode) && lotFits)
    );
  }

  set(key: string, qty: number | null): void {
    const line = this.lines.find((one) => one.key === key);
    if (line) line.qty = qty;
  }
  add(sku: string, lot: string, qty: number): void {
    this.lines.push({
      key: `${sku}/${lot}/${this.lines.length}`,
      sku,
      name: sku,
      barcode: "",
      lot,
      expires: "",
      qty,
    });
    this.flash.right(t("count.added", { sku }));
  }

  undoScan(): void {
    const line = this.lines.find((one) => one.key === this.last);
    if (!line?.qty) return this.flash.wrong(t("floor.nothingToUndo"));
    line.qty -= 1;
    this.last = "";
    this.flash.right(t("floor.undone"));
  }

  async submit(): Promise<void> {
    const entries: CountEntry[] = this.lines.map((line) => ({
      sku: line.sku,
      lot: line.lot,
      serial: "",
      qty: line.qty ?? 0,
    }));
    try {
      this.outcome = await call("submit_count", { id: this.#id, entries });
      changes.bump();
      if (this.outcome.tone === "stop") this.flash.wrong(this.outcome.message);
      else this.flash.right(this.outcome.message);
    } catch (error) {
      this.#refused(error);
    }
  }

  #refused(error: unknown): void {
    if (!(error instanceof CallFailed)) throw error;
    this.flash.wrong(`${error.problem.what_happened} ${error.problem.what_to_do}`);
  }
}
