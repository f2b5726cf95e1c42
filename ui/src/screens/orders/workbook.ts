// A workbook goes to the core as it is and comes back as text; nothing here reads spreadsheets.

export function isWorkbook(fileName: string): boolean {
  return /\.xls[xm]$/i.test(fileName);
}

/** The bytes of a file as base64. */
export function base64Of(file: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => failed(reader.error ?? new Error("unreadable"));
    reader.readAsDataURL(file);
  });
}
