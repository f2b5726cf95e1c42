// One order on the bench: open a carton, scan what goes in, weigh, close.
import { call, CallFailed } from "../../api/client";
import type { CartonView, PackView, Printed } from "../../api/bindings";
import { Flash } from "../../components/floor/flash.svelte";
import { t } from "../../i18n/text.svelte";

export type PackStep = "box" | "items" | "weigh" | "done";

export class PackWork {
  readonly flash = new Flash();
  view = $state.raw<PackView | null>(null);
  step = $state<PackStep>("box");
  weight_g = $state(0);
  papers = $state.raw<Printed[]>([]);
  #orderId: string;
  #lastEvent: string | null = null;

  constructor(orderId: string) {
    this.#orderId = orderId;
  }

  get carton(): CartonView | null {
    return this.view?.cartons.find((carton) => !carton.closed) ?? null;
  }
  get instruction(): string {
    if (this.step === "box") return t("pack.open");
    if (this.step === "items") return t("pack.scanItem", { carton: this.carton?.number ?? "" });
    if (this.step === "weigh") return t("pack.closeInstruction", { carton: this.carton?.number ?? "" });
    return t("pack.doneNext");
  }

  async look(): Promise<void> {
    try {
      this.view = await call("pack_station", { id: this.#orderId });
      if (this.carton) this.step = this.view.complete ? "weigh" : "items";
      else this.step = this.view.complete ? "done" : "box";
      if (this.step === "weigh" && this.weight_g === 0) this.weight_g = this.carton?.weight_g ?? 0;
    } catch (error) {
      this.#refused(error);
    }
  }

  async openCarton(boxType: string): Promise<void> {
    await this.#do(() => call("open_carton", { order_id: this.#orderId, box_type: boxType }));
  }

  async scan(text: string): Promise<void> {
    if (this.step === "box") {
      const box = this.view?.box_types.find((type) => type.code.toLowerCase() === text.toLowerCase());
      return box ? this.openCarton(box.code) : this.flash.wrong(t("pack.needCarton"));
    }
    const carton = this.carton;
    if (!carton) return;
    if (this.step === "weigh" && /^\d{1,6}$/.test(text)) {
      this.weight_g = Number.parseInt(text, 10);
      return this.close();
    }
    try {
      const answer = await call("pack_scan", {
        order_id: this.#orderId,
        carton_id: carton.id,
        scan: text,
        qty: 1,
      });
      await this.look();
      if (answer.ok) this.flash.right(answer.message || t("pack.itemIn"));
      else this.flash.wrong(answer.message);
    } catch (error) {
      this.#refused(error);
    }
  }

  weigh(): void {
    this.weight_g = this.carton?.weight_g ?? 0;
    this.step = "weigh";
  }

  async close(): Promise<void> {
    const carton = this.carton;
    if (!carton) return;
    if (!(await this.#do(() => call("close_carton", { carton_id: carton.id, weight_g: this.weight_g }))))
      return;
    this.weight_g = 0;
    await this.#print(carton.id);
  }

  /** The label belongs to the carton the moment it is closed; the slip to the last one. */
  async #print(cartonId: string): Promise<void> {
    try {
      const label = await call("print", { doc: "carton_labels", ids: [cartonId] });
      const slip =
        this.step === "done" ? await call("print", { doc: "packing_slip", ids: [this.#orderId] }) : null;
      this.papers = slip ? [label, slip] : [label];
    } catch (error) {
      this.#refused(error);
    }
  }

  /** The slip beside the work, before its time; the bench is not left for it. */
  async printSlip(): Promise<void> {
    try {
      this.papers = [await call("print", { doc: "packing_slip", ids: [this.#orderId] })];
    } catch (error) {
      this.#refused(error);
    }
  }

  async undoScan(): Promise<void> {
    const event = this.#lastEvent;
    if (!event) {
      const last = await call("last_undo", {}).catch(() => null);
      if (!last?.event_id) return this.flash.wrong(t("floor.nothingToUndo"));
      return void (await this.#do(() => call("undo", { event_id: last.event_id ?? "", reason: "" })));
    }
    if (await this.#do(() => call("undo", { event_id: event, reason: "" }))) this.#lastEvent = null;
  }

  async #do(run: () => Promise<{ message: string; event_ids: string[] }>): Promise<boolean> {
    try {
      const done = await run();
      this.#lastEvent = done.event_ids.at(-1) ?? null;
      await this.look();
      this.flash.right(done.message);
      return true;
    } catch (error) {
      this.#refused(error);
      return false;
    }
  }
  #refused(error: unknown): void {
    if (!(error instanceof CallFailed)) throw error;
    this.flash.wrong(`${error.problem.what_happened} ${error.problem.what_to_do}`);
  }
}
