// One delivery at the dock: item, lot and expiry where they are tracked, then how many.
import type { ReceiptView, ReceiveArgs, ReceiptLine } from "../../api/bindings";
import { call, CallFailed } from "../../api/client";
import { Flash } from "../../components/floor/flash.svelte";
import { t } from "../../i18n/text.svelte";

export type Step = "item" | "lot" | "expiry" | "serial" | "qty";

export class Receiving {
  readonly flash = new Flash();
  view = $state.raw<ReceiptView | null>(null);
  line = $state.raw<ReceiptLine | null>(null);
  step = $state<Step>("item");
  lot = $state("");
  expires = $state("");
  serials = $state.raw<string[]>([]);
  qty = $state(1);
  condition = $state<ReceiveArgs["condition"]>("good");
  #receiptId: string;
  #lastEvent: string | null = null;

  constructor(receiptId: string) {
    this.#receiptId = receiptId;
  }

  get instruction(): string {
    switch (this.step) {
      case "item":
        return t("receive.scanItem");
      case "lot":
        return t("receive.enterLot");
      case "expiry":
        return t("receive.enterExpiry");
      case "serial":
        return t("receive.enterSerial", { n: this.serials.length + 1 });
      case "qty":
        return t("receive.enterQty");
    }
  }

  async look(): Promise<void> {
    try {
      this.view = await call("receipt", { id: this.#receiptId });
    } catch (error) {
      this.#refused(error);
    }
  }

  async scan(text: string): Promise<void> {
    if (this.step === "lot") return this.setLot(text);
    if (this.step === "expiry") return this.setExpiry(text);
    if (this.step === "serial") {
      if (!this.serials.includes(text)) this.serials = [...this.serials, text];
      this.qty = this.serials.length;
      return this.flash.right(text);
    }
    if (this.step === "qty" && /^\d{1,5}$/.test(text)) {
      this.qty = Number.parseInt(text, 10);
      return this.confirm();
    }
    try {
      const found = await call("receive_scan", { receipt_id: this.#receiptId, scan: text });
      if (!found.line) return this.flash.wrong(found.message);
      this.line = found.line;
      this.lot = found.lot;
      this.expires = found.expires;
      this.serials = found.serial ? [found.serial] : [];
      this.qty = found.qty || 1;
      this.condition = "good";
      this.flash.right(found.message || found.line.name);
      this.#advance();
    } catch (error) {
      this.#refused(error);
    }
  }

  setLot(text: string): void {
    if (!text.trim()) return this.flash.wrong(t("receive.needLot"));
    this.lot = text.trim();
    this.flash.right(this.lot);
    this.#advance();
  }
  setExpiry(text: string): void {
    const digits = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text.trim());
    if (!digits) return this.flash.wrong(t("receive.badDate"));
    this.expires = digits.slice(1).join("-");
    this.flash.right(this.expires);
    this.#advance();
  }
  serialsDone(): void {
    if (this.serials.length > 0) this.step = "qty";
  }

  /** What a GS1 code has already said is not asked again. */
  #advance(): void {
    const line = this.line;
    if (!line) this.step = "item";
    else if (line.lot_tracked && !this.lot) this.step = "lot";
    else if (line.expiry_tracked && !this.expires) this.step = "expiry";
    else if (line.serial_tracked) this.step = "serial";
    else this.step = "qty";
  }

  async confirm(): Promise<void> {
    const line = this.line;
    if (!line || this.qty <= 0) return;
    try {
      const done = await call("receive", {
        receipt_id: this.#receiptId,
        sku: line.sku,
        qty: this.qty,
        lot: this.lot,
        expires: this.expires,
        serials: this.serials,
        condition: this.condition,
      });
      this.#lastEvent = done.event_ids.at(-1) ?? null;
      this.line = null;
      this.step = "item";
      await this.look();
      this.flash.right(done.message);
    } catch (error) {
      this.#refused(error);
    }
  }

  async undoScan(): Promise<void> {
    if (this.step !== "item") {
      this.line = null;
      this.step = "item";
      return this.flash.right(t("floor.undone"));
    }
    if (!this.#lastEvent) return this.flash.wrong(t("floor.nothingToUndo"));
    try {
      const done = await call("undo", { event_id: this.#lastEvent, reason: "" });
      this.#lastEvent = null;
      await this.look();
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
