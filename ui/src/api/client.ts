// The one door to Rust: `invoke` inside the desktop window, HTTP on the bridge in a browser.
import type { Api, Changed, Problem } from "./bindings";
import { t } from "../i18n/text.svelte";
import { session } from "../state/session.svelte";
import { troubles } from "../state/troubles.svelte";

type Listener = (changed: Changed) => void;

export interface Updates {
  on: boolean;
  newer: string | null;
}

interface Door {
  call(session: string, name: string, args: unknown): Promise<unknown>;
  listen(onChanged: Listener): void;
  /** The system's file chooser; a page in a browser is never told a path. */
  chooseFile?(title: string, extension: string): Promise<string | null>;
  /** Only a desktop window whose house has said where newer versions are. */
  updates?(what: "updates" | "look_for_update" | "install_update"): Promise<Updates | null>;
  /** Makes the demo beside the data and starts the program over on it. */
  openDemo?(): Promise<void>;
}

/** What a call failed with, in the words the person will read. */
export class CallFailed extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.what_happened);
    this.problem = problem;
  }
}

function asProblem(value: unknown): Problem {
  if (value && typeof value === "object" && "what_happened" in value) return value as Problem;
  // Anything else is the door itself: nobody behind it, or an answer that is none.
  return {
    code: "unreachable",
    what_happened: t("startup.unreachable"),
    what_to_do: t("startup.unreachableHint"),
  };
}

function tauriDoor(): Door {
  return {
    async call(token, name, args) {
      const { invoke } = await import("@tauri-apps/api/core");
      return invoke("call", { session: token, name, args });
    },
    async listen(onChanged) {
      const { listen } = await import("@tauri-apps/api/event");
      await listen<Changed>("changed", (event) => onChanged(event.payload));
    },
    async chooseFile(title, extension) {
      const { invoke } = await import("@tauri-apps/api/core");
      return invoke<string | null>("choose_file", { title, extension });
    },
    async updates(what) {
      const { invoke } = await import("@tauri-apps/api/core");
      return invoke<Updates | null>(what);
    },
    async openDemo() {
      const { invoke } = await import("@tauri-apps/api/core");
      return invoke("open_demo");
    },
  };
}

function bridgeToken(): string {
  const query = new URLSearchParams(location.search);
  const given = query.get("token");
  if (given) {
    sessionStorage.setItem("quayside.bridge", given);
    query.delete("token");
    const rest = query.toString();
    // The address bar is copied and photographed; the token does not belong in it.
    history.replaceState(null, "", location.pathname + (rest ? "?" + rest : "") + location.hash);
  }
  return sessionStorage.getItem("quayside.bridge") ?? "";
}

function bridgeDoor(): Door {
  const token = bridgeToken();
  return {
    async call(who, name, args) {
      const response = await fetch(`/api/${name}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-quayside-token": token,
          "x-quayside-session": who,
        },
        body: JSON.stringify(args ?? {}),
      });
      const text = await response.text();
      const body: unknown = text ? JSON.parse(text) : null;
      if (!response.ok) throw body;
      return body;
    },
    listen(onChanged) {
      const events = new EventSource(`/api-events?token=${encodeURIComponent(token)}`);
      const heard = (event: MessageEvent<string>): void => onChanged(JSON.parse(event.data) as Changed);
      events.onmessage = heard;
      events.addEventListener("changed", heard);
      // What was said while the line was cut has been missed: ask again.
      events.onopen = () => onChanged({ topics: [], seq: 0 });
    },
  };
}

let door: Door | null = null;

/** Chooses the door once, before the first screen is drawn. */
export async function prepareDoor(): Promise<void> {
  if (import.meta.env.DEV && new URLSearchParams(location.search).has("mock")) {
    door = (await import("./mock")).mockDoor();
  } else {
    door = "__TAURI_INTERNALS__" in window ? tauriDoor() : bridgeDoor();
  }
}

export function listenForChanges(onChanged: Listener): void {
  door?.listen(onChanged);
}

export async function call<K extends keyof Api>(name: K, args: Api[K][0]): Promise<Api[K][1]> {
  if (!door) throw new CallFailed({ code: "no_door", what_happened: "", what_to_do: "" });
  try {
    return (await door.call(session.header, name, args)) as Api[K][1];
  } catch (error) {
    const problem = asProblem(error);
    session.noticeProblem(problem);
    troubles.refused(name, problem);
    throw new CallFailed(problem);
  }
}

/** Whether a file can be chosen here by looking instead of by typing its path. */
export function canChooseFile(): boolean {
  return door?.chooseFile !== undefined;
}

export async function chooseFile(title: string, extension: string): Promise<string | null> {
  return (await door?.chooseFile?.(title, extension)) ?? null;
}

export function canOpenDemo(): boolean {
  return door?.openDemo !== undefined;
}

export async function openDemo(): Promise<void> {
  try {
    await door?.openDemo?.();
  } catch (error) {
    throw new CallFailed(asProblem(error));
  }
}

/** `null` where nobody can ask; throws what went wrong. */
export async function updates(
  what: "updates" | "look_for_update" | "install_update",
): Promise<Updates | null> {
  try {
    return (await door?.updates?.(what)) ?? null;
  } catch (error) {
    throw new CallFailed(asProblem(error));
  }
}
