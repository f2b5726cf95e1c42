// What the last scan was: right or wrong, in color, sign, word and tone.
import { play } from "../../scan/sound";

const FLASH_MS = 700;

export class Flash {
  kind = $state<"none" | "right" | "wrong">("none");
  lit = $state(false);
  text = $state("");
  #timer: ReturnType<typeof setTimeout> | undefined;

  right(text: string): void {
    this.#show("right", text);
  }
  wrong(text: string): void {
    this.#show("wrong", text);
  }
  clear(): void {
    this.kind = "none";
    this.text = "";
    this.lit = false;
  }
  #show(kind: "right" | "wrong", text: string): void {
    this.kind = kind;
    this.text = text;
    this.lit = true;
    play(kind);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.lit = false), FLASH_MS);
  }
}
