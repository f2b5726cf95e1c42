import { describe, expect, it } from "vitest";
import type { BudgetRow, ProposalRow } from "../../api/bindings";
import { acceptProposals, changeProposal, chosenProposals } from "../../actions/buy";
import { here } from "../../state/here.svelte";
import { router } from "../../state/router.svelte";
import { decisionsWithin } from "./decide";

const row = (sku: string, wanted: number, qty: number): BudgetRow =>
  ({ sku, wanted, qty }) as unknown as BudgetRow;
const proposal = (sku: string, decision: ProposalRow["decision"] = ""): ProposalRow =>
  ({ sku, decision, suggested: 12 }) as unknown as ProposalRow;

describe("a budget", () => {
  it("accepts what is whole, changes what is cut, and leaves the rest open", () => {
    const decisions = decisionsWithin([row("A", 12, 12), row("B", 24, 12), row("C", 6, 0)], 500);
    expect(decisions.map(({ sku, action, qty }) => [sku, action, qty])).toEqual([
      ["A", "accept", 12],
      ["B", "change", 12],
    ]);
    expect(decisions[1].reason).toContain("500");
  });
});

describe("the key that accepts", () => {
  it("takes those with a tick before the one in the panel", () => {
    router.screen = "buy";
    here.selectedProposals = [];
    here.proposal = null;
    expect(acceptProposals.when()).toBe(false);
    here.proposal = proposal("A");
    expect(chosenProposals().map((one) => one.sku)).toEqual(["A"]);
    expect(changeProposal.when()).toBe(true);
    here.selectedProposals = [proposal("B"), proposal("C")];
    expect(chosenProposals().map((one) => one.sku)).toEqual(["B", "C"]);
    expect(changeProposal.when()).toBe(false);
    here.selectedProposals = [];
    here.proposal = proposal("A", "refused");
    expect(acceptProposals.when()).toBe(false);
  });
});
