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
  const address = URL.createObjectURL(new Blob([binary], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function downloadPdf(fileName: string, base64: string): void {
  download(fileName, base64, "application/pdf");
}
