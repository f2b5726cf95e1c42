// Low for right, high and doubled for wrong: told apart with the back turned and in a noisy hall.
import { session } from "../state/session.svelte";

let context: AudioContext | null = null;

function tone(hertz: number, start_s: number, length_s: number, shape: OscillatorType): void {
  if (!context) return;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  const from = context.currentTime + start_s;
  oscillator.type = shape;
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0.0001, from);
  gain.gain.exponentialRampToValueAtTime(0.25, from + 0.01);
  gain.gain.exponentialRampToValueAtTime(0.0001, from + length_s);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(from + length_s);
}

export function play(kind: "right" | "wrong"): void {
  if (session.sound === "off" || typeof AudioContext === "undefined") return;
  try {
    context ??= new AudioContext();
    if (kind === "right") tone(330, 0, 0.14, "sine");
    else {
      tone(1180, 0, 0.12, "square");
      tone(1180, 0.17, 0.16, "square");
    }
  } catch {
    // A desk without a sound card still picks.
  }
}
