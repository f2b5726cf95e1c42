// The time of day for whatever shows "now": it moves on without anybody asking.
const EVERY_MS = 30_000;

class Minute {
  now = $state(Date.now());

  constructor() {
    if (globalThis.window) setInterval(() => (this.now = Date.now()), EVERY_MS);
  }
}
export const minute = new Minute();
