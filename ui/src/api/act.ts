// Doing something: call, say what happened, and let every screen ask again.
import { call, CallFailed } from "./client";
import { changes } from "./query.svelte";
import type { Api, Done } from "./bindings";
import { toast } from "../state/toast.svelte";

function isDone(value: unknown): value is Done {
  return typeof value === "object" && value !== null && "event_ids" in value && "message" in value;
}

/** Returns the answer, or null when it was refused; the refusal has then been shown. */
export async function act<K extends keyof Api>(
  name: K,
  args: Api[K][0],
  options: { quiet?: boolean } = {},
): Promise<Api[K][1] | null> {
  try {
    const answer = await call(name, args);
    if (!options.quiet && isDone(answer)) toast.done(answer);
    // What the last word could take back is no longer the last thing that was done.
    else if (toast.line?.undo) toast.clear();
    changes.bump();
    return answer;
  } catch (error) {
    if (error instanceof CallFailed) toast.problem(error.problem);
    else throw error;
    return null;
  }
}

/** Asks once, for what a person has just pointed at; a refusal is shown. */
export async function asked<K extends keyof Api>(name: K, args: Api[K][0]): Promise<Api[K][1] | null> {
  try {
    return await call(name, args);
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    toast.problem(error.problem);
    return null;
  }
}
