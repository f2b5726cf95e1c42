// Which rows of a long table are in sight, and where they are drawn.

/** Browsers stop laying out somewhere above 16 million pixels; longer tables are scrolled in larger steps. */
const HEIGHT_PX_MAX = 8_000_000;
/** Rows drawn below the last visible one, so that a quick scroll does not show a gap. */
const ROWS_AHEAD = 2;

export interface Sight {
  first: number;
  /** One past the last row drawn. */
  last: number;
  shift_px: number;
  full_px: number;
}

export function inSight(total: number, rowPx: number, bodyPx: number, scrollTop: number): Sight {
  const full_px = Math.min(total * rowPx, HEIGHT_PX_MAX);
  const shrunk = total * rowPx > HEIGHT_PX_MAX;
  const exact = shrunk
    ? (scrollTop / (HEIGHT_PX_MAX - bodyPx)) * (total - bodyPx / rowPx)
    : scrollTop / rowPx;
  const first = Math.min(Math.max(0, total - 1), Math.max(0, Math.floor(exact)));
  const last = Math.min(total, first + Math.ceil(bodyPx / rowPx) + ROWS_AHEAD);
  const shift = Math.min(scrollTop - (exact - first) * rowPx, full_px - (last - first) * rowPx);
  return { first, last, shift_px: Math.max(0, shift), full_px };
}

/** Where to scroll so that a row is in sight; unmoved if it is already. */
export function scrollTo(
  row: number,
  total: number,
  rowPx: number,
  bodyPx: number,
  scrollTop: number,
): number {
  if (total * rowPx <= HEIGHT_PX_MAX) {
    const top = row * rowPx;
    if (top < scrollTop) return top;
    return top + rowPx > scrollTop + bodyPx ? top + rowPx - bodyPx : scrollTop;
  }
  const sight = inSight(total, rowPx, bodyPx, scrollTop);
  if (row >= sight.first && row < sight.last - ROWS_AHEAD) return scrollTop;
  const span = total - bodyPx / rowPx;
  return Math.min(1, row / span) * (HEIGHT_PX_MAX - bodyPx);
}

/** Where a key leads from a row, kept inside the table; null when the key is not one of movement. */
export function stepTo(key: string, row: number, page: number, total: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + page,
    PageUp: row - page,
    Home: 0,
    End: total - 1,
  };
  return key in steps ? Math.max(0, Math.min(total - 1, steps[key])) : null;
}
