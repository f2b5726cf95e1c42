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
}
