// Accept, change, refuse: for one proposal or for many at once.
import { act } from "../../api/act";
import type { BudgetRow, OneDecision, ProposalRow } from "../../api/bindings";
import { t } from "../../i18n/text.svelte";
import { ask } from "../../state/panels.svelte";

export async function accept(rows: { sku: string; suggested: number }[]): Promise<boolean> {
  const decisions = rows.map((row) => ({
    sku: row.sku,
    action: "accept" as const,
    qty: row.suggested,
    reason: "",
  }));
  return (await act("decide_proposals", { decisions })) !== null;
}

export function refuse(skus: string[], done: () => void): void {
  ask({
    title: t("buy.refuseTitle", { n: skus.length }),
    fields: [{ id: "reason", label: "common.reason", kind: "text" }],
    submit: "buy.refuse",
    danger: true,
    done: async ({ reason }) => {
      const decisions = skus.map((sku) => ({ sku, action: "refuse" as const, qty: 0, reason }));
      if (await act("decide_proposals", { decisions })) done();
    },
  });
}

export function change(row: ProposalRow): void {
  ask({
    title: t("buy.changeTitle", { sku: row.sku }),
    hint: t("buy.pack", { n: row.pack }),
    fields: [
      { id: "qty", label: "common.qty", kind: "qty", value: String(row.suggested) },
      { id: "reason", label: "common.reason", kind: "text" },
    ],
    submit: "buy.change",
    done: ({ qty, reason }) =>
      void act("decide_proposals", {
        decisions: [{ sku: row.sku, action: "change", qty: Number.parseInt(qty, 10), reason }],
      }),
  });
}

/** What a budget allows: whole proposals are accepted, others changed with the reason; what there
 * is no money for stays open. */
export function decisionsWithin(rows: BudgetRow[], budget: number): OneDecision[] {
  const bought = rows.filter((row) => row.qty > 0);
  return bought.map(({ sku, qty, wanted }) =>
    qty === wanted
      ? { sku, action: "accept", qty, reason: "" }
      : { sku, action: "change", qty, reason: t("buy.budgetReason", { n: budget }) },
  );
}
