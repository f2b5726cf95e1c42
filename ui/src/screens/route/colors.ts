// Twelve line colors that stay apart for color-blind eyes (after Okabe-Ito and Tol); the van's number
// stands on every line as well.
export const VAN_COLORS = [
  "#0072b2",
  "#d55e00",
  "#00805e",
  "#b4478f",
  "#5b4ba8",
  "#9a6a00",
  "#2b8cbe",
  "#8c2d04",
  "#117733",
  "#882255",
  "#4a5a6a",
  "#7d7a00",
];
export const VAN_COLORS_DARK = [
  "#56b4e9",
  "#f58a42",
  "#35c49a",
  "#e78cc4",
  "#a99bf0",
  "#e0b040",
  "#8fd0f0",
  "#d9825b",
  "#6cc47f",
  "#d476a6",
  "#a8b8c8",
  "#c9c54a",
];

export function vanColor(index: number, dark: boolean): string {
  const palette = dark ? VAN_COLORS_DARK : VAN_COLORS;
  return palette[((index % palette.length) + palette.length) % palette.length];
}
