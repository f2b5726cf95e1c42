import type { PrintArgs, Printed } from "../api/bindings";

class Paper {
  doc = $state<PrintArgs["doc"]>("pick_list");
  ids = $state.raw<string[]>([]);
  printed = $state.raw<Printed | null>(null);

  show(doc: PrintArgs["doc"], ids: string[], printed: Printed): void {
    this.doc = doc;
    this.ids = ids;
    this.printed = printed;
  }
}
export const paper = new Paper();
