// Minutes after midnight as a time field writes them. The last minute of a day is 23:59.
const HOUR = 60;
const LAST = 24 * HOUR - 1;

export function clockOf(minutes: number): string {
  const shown = Math.min(minutes, LAST);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(Math.floor(shown / HOUR))}:${two(shown % HOUR)}`;
}
export function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(":").map(Number);
  return hours * HOUR + minutes;
}
