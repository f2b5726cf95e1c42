import type { Action } from "./action";
import { printPaper } from "./print";

export const printWeek: Action = {
  id: "print-week-report",
  group: "all",
  label: "today.week",
  shortcut: "g w",
  when: () => true,
  run: () => printPaper("week_report", []),
};
export const reportActions: Action[] = [printWeek];
