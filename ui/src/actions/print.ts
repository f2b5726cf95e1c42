// Paper: ask for it, then look at it on the printing screen.
import { act } from "../api/act";
import type { PrintArgs } from "../api/bindings";
import { paper } from "../state/paper.svelte";
import { router } from "../state/router.svelte";

export async function printPaper(doc: PrintArgs["doc"], ids: string[]): Promise<void> {
  const printed = await act("print", { doc, ids });
  if (!printed) return;
  paper.show(doc, ids, printed);
  router.go("labels", doc);
}

/** In a browser a file is handed over as a download; on the desktop it lies in the data folder. */
export function download(fileName: string, base64: string, type: string): void {
  const binary = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  handOver(fileName, new Blob([binary], { type }));
}

export function downloadPdf(fileName: string, base64: string): void {
  download(fileName, base64, "application/pdf");
}

export function downloadText(fileName: string, text: string, type: string): void {
  // The mark at the start tells a spreadsheet that Chinese follows.
  handOver(fileName, new Blob(["\ufeff", text], { type }));
}

function handOver(fileName: string, file: Blob): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
