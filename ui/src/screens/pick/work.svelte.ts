// One picker's walk through a wave: bin, item, how many; and back one step when a scan was a slip.
import { act } from "../../api/act";
import type { LotOption, PickNextView, PickTask } from "../../api/bindings";
import { call, CallFailed } from "../../api/client";
import { Flash } from "../../components/floor/flash.svelte";
import { t } from "../../i18n/text.svelte";

export type Step = "bin" | "item" | "qty" | "short" | "swap" | "done";

export class PickWork {
  readonly flash = new Flash();
  view = $state.raw<PickNextView | null>(null);
  step = $state<Step>("bin");
  qty = $state(0);
  /** Why less is taken than was asked for. */
  reason = $state<"missing" | "empty" | "damaged">("missing");
  serials = $state.raw<string[]>([]);
  lots = $state.raw<LotOption[]>([]);
  skipped = $state.raw<string[]>([]);
  #waveId: string;
  #lastEvent: string | null = null;
  #before: Step = "bin";

  constructor(waveId: string) {
    this.#waveId = waveId;
  }

  get task(): PickTask | null {
    return this.view?.task ?? null;
  }

  /** Named before it is due: what the hand and the eye do next. */
  get instruction(): string {
    const task = this.task;
    if (!task) return t("pick.leaveInstruction");
    if (this.step === "bin") return t("pick.scanBin", { bin: task.location });
    if (this.step === "item" && task.serial_tracked)
      return t("pick.scanSerial", { n: this.serials.length + 1 });
    if (this.step === "item") return t("pick.scanItem", { name: task.name });
    if (this.step === "qty") return t("pick.takeQty", { qty: task.qty });
    return t("pick.chooseInstruction");
  }

  async next(): Promise<void> {
    try {
      this.view = await call("pick_next", { wave_id: this.#waveId, skipped: this.skipped });
      this.step = this.view.task ? "bin" : "done";
      this.qty = this.view.task?.qty ?? 0;
      this.serials = [];
    } catch (error) {
      this.#refused(error);
    }
  }

  async scan(text: string): Promise<void> {
    const task = this.task;
    if (!task) return;
    if (this.step !== "bin" && this.step !== "item") {
      // At the quantity a number may be typed into the scan field as well.
      if (this.step === "qty" && /^\d{1,5}$/.test(text)) return this.confirm(Number.parseInt(text, 10));
      this.flash.wrong(this.instruction);
      return;
    }
    try {
      const answer = await call("pick_scan", { task_id: task.id, step: this.step, scan: text });
      if (!answer.ok) return this.flash.wrong(answer.message);
      this.flash.right(answer.message || t(this.step === "bin" ? "pick.binRight" : "pick.itemRight"));
      if (this.step === "bin") this.step = "item";
      else await this.#item(task, answer.serial, text);
    } catch (error) {
      this.#refused(error);
    }
  }

  async #item(task: PickTask, serial: string, text: string): Promise<void> {
    if (task.serial_tracked) {
      this.serials = [...this.serials, serial || text];
      if (this.serials.length >= task.qty) await this.#pick(task.qty);
    } else if (task.qty === 1) await this.#pick(1);
    else this.step = "qty";
  }

  async confirm(qty: number = this.qty): Promise<void> {
    const task = this.task;
    if (!task || this.step !== "qty") return;
    if (qty > task.qty) return this.flash.wrong(t("pick.wrongQty", { n: task.qty }));
    if (qty < task.qty) {
      this.qty = qty;
      this.#before = "qty";
      this.reason = "missing";
      this.step = "short";
      return;
    }
    await this.#pick(qty);
  }

  async #pick(qty: number): Promise<void> {
    const task = this.task;
    if (!task) return;
    await this.#do(() => call("pick", { task_id: task.id, qty, serials: this.serials }));
  }

  openShort(): void {
    if (!this.task) return;
    this.#before = this.step;
    this.qty = this.step === "qty" ? this.qty : 0;
    this.reason = "missing";
    this.step = "short";
  }
  /** One of them is broken unless somebody says how many are whole. */
  openDamaged(): void {
    if (!this.task) return;
    this.#before = this.step;
    this.qty = Math.max(0, (this.step === "qty" ? this.qty : this.task.qty) - 1);
    this.reason = "damaged";
    this.step = "short";
  }
  async short(reason: string): Promise<void> {
    const task = this.task;
    if (task) await this.#do(() => call("pick_short", { task_id: task.id, qty: this.qty, reason }));
  }

  async skip(): Promise<void> {
    if (!this.task) return;
    this.skipped = [...this.skipped, this.task.id];
    this.flash.clear();
    await this.next();
  }
  async backToSkipped(): Promise<void> {
    this.skipped = [];
    await this.next();
  }

  async openSwap(): Promise<void> {
    if (!this.task) return;
    this.#before = this.step;
    this.lots = (await act("pick_lots", { id: this.task.id })) ?? [];
    this.step = "swap";
  }
  async swap(option: LotOption): Promise<void> {
    const task = this.task;
    if (!task) return;
    await this.#do(() => call("swap_lot", { task_id: task.id, lot: option.lot, location: option.location }));
  }

  back(): void {
    this.step = this.#before;
    this.qty = this.task?.qty ?? 0;
  }

  /** The last scan, whatever it was: a bin, an item, or the pick that it completed. */
  async undoScan(): Promise<void> {
    if (this.step === "short" || this.step === "swap") return this.back();
    if (this.step === "item" && this.serials.length > 0) this.serials = this.serials.slice(0, -1);
    else if (this.step === "qty") this.step = "item";
    else if (this.step === "item") this.step = "bin";
    else if (this.#lastEvent) {
      const done = await act("undo", { event_id: this.#lastEvent, reason: "" }, { quiet: true });
      if (!done) return;
      this.#lastEvent = null;
      await this.next();
      this.flash.right(done.message);
      return;
    } else return this.flash.wrong(t("floor.nothingToUndo"));
    this.flash.right(t("floor.undone"));
  }

  async #do(run: () => Promise<{ message: string; event_ids: string[] }>): Promise<void> {
    try {
      const done = await run();
      this.#lastEvent = done.event_ids.at(-1) ?? null;
      await this.next();
      this.flash.right(done.message);
    } catch (error) {
      this.#refused(error);
    }
  }
  #refused(error: unknown): void {
    if (!(error instanceof CallFailed)) throw error;
    this.flash.wrong(`${error.problem.what_happened} ${error.problem.what_to_do}`);
  }
}
