// The time of the day that is being looked at; null is no replay at all.
export const SPEEDS = [1, 10, 60, 300, 600] as const;
const SPEED_AT_FIRST = 300;

class Replay {
  at = $state<number | null>(null);
  playing = $state(false);
  speed = $state<number>(SPEED_AT_FIRST);

  show(at: number): void {
    this.at = at;
  }
  /** From where it stands; from the morning when it has not begun or is over. */
  toggle(from: number, to: number): void {
    if (this.at === null || (!this.playing && this.at >= to)) this.at = from;
    this.playing = !this.playing;
  }
  pass(ms: number, to: number): void {
    if (this.at === null) return;
    this.at = Math.min(to, this.at + ms * this.speed);
    if (this.at >= to) this.playing = false;
  }
  end(): void {
    this.playing = false;
    this.at = null;
  }
}
export const replay = new Replay();
