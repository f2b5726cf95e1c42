export interface Column {
  id: string;
  head: string;
  /** A CSS grid track, such as "88px" or "minmax(120px, 1fr)". */
  width: string;
  num?: boolean;
  /** Where the row has the value, if not under `id`. */
  field?: string;
  /** The value is a moment in milliseconds. */
  time?: boolean;
  sortable?: boolean;
  /** Not drawn when the table is narrower than this, in pixels. */
  hideBelow?: number;
  /** Not drawn before somebody asks for it. */
  extra?: boolean;
  /** Rows may be grouped by it: by equal words, or moments by the day of the site. */
  group?: "value" | "day";
  /** Added up under the head of a group. */
  sum?: "qty" | "money" | "weight";
}
