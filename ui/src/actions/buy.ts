// What a buyer does with proposals: those with a tick, or the one in the panel.
import { act } from "../api/act";
import type { ExportOrdersArgs, ProposalRow } from "../api/bindings";
import { t } from "../i18n/text.svelte";
import { accept, change, refuse } from "../screens/buy/decide";
import { here } from "../state/here.svelte";
import { router } from "../state/router.svelte";
import { session } from "../state/session.svelte";
import { toast } from "../state/toast.svelte";
import type { Action } from "./action";
import { download, printPaper } from "./print";

const inBuy = (): boolean => router.screen === "buy";
const mayDecide = (): string => (session.may("decide_proposals") ? "" : t("common.notAllowed"));
const inDesktop = "__TAURI_INTERNALS__" in globalThis;

/** What would be decided now. */
export function chosenProposals(): ProposalRow[] {
  if (here.selectedProposals.length) return here.selectedProposals;
  return here.proposal && !here.proposal.decision ? [here.proposal] : [];
}
const anyChosen = (): boolean => inBuy() && chosenProposals().length > 0;

export const acceptProposals: Action = {
  id: "accept-proposals",
  group: "buy",
  label: "buy.accept",
  shortcut: "a",
  primary: true,
  when: anyChosen,
  whyNot: mayDecide,
  run: async () => {
    if (await accept(chosenProposals())) here.selectedProposals = [];
  },
};
export const changeProposal: Action = {
  id: "change-proposal",
  group: "buy",
  label: "buy.change",
  shortcut: "e",
  when: () => anyChosen() && chosenProposals().length === 1,
  whyNot: mayDecide,
  run: () => change(chosenProposals()[0]),
};
export const refuseProposals: Action = {
  id: "refuse-proposals",
  group: "buy",
  label: "buy.refuse",
  shortcut: "x",
  danger: true,
  when: anyChosen,
  whyNot: mayDecide,
  run: () =>
    refuse(
      chosenProposals().map((row) => row.sku),
      () => (here.selectedProposals = []),
    ),
};

const ordered = (): string[] => here.selectedProposals.map((row) => row.sku);
const inDecided = (): boolean => inBuy() && router.view === "decided";

export const printOrders: Action = {
  id: "print-purchase-orders",
  group: "buy",
  label: "buy.printOrder",
  shortcut: "p",
  when: inDecided,
  run: () => printPaper("purchase_order", ordered()),
};
async function exportOrders(format: ExportOrdersArgs["format"], type: string): Promise<void> {
  const file = await act("export_orders", { ids: ordered(), format });
  if (!file) return;
  if (!inDesktop) download(file.file_name, file.base64, type);
  toast.say("good", t("buy.exported", { n: file.orders, path: file.saved_path }));
}
export const ordersAsCsv: Action = {
  id: "orders-csv",
  group: "buy",
  label: "buy.asCsv",
  when: inDecided,
  run: () => exportOrders("csv", "text/csv"),
};
export const ordersAsJson: Action = {
  id: "orders-json",
  group: "buy",
  label: "buy.asJson",
  when: inDecided,
  run: () => exportOrders("json", "application/json"),
};

function open(id: string, view: string, label: Action["label"], shortcut: string): Action {
  return { id, group: "buy", label, shortcut, when: inBuy, run: () => router.go("buy", view) };
}
export const buyActions: Action[] = [
  acceptProposals,
  changeProposal,
  refuseProposals,
  printOrders,
  ordersAsCsv,
  ordersAsJson,
  open("buy-demand", "demand", "buy.demandTab", "d"),
  open("buy-service", "service", "buy.service", "s"),
  open("buy-budget", "budget", "buy.budget", "u"),
];
