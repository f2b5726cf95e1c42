// A warehouse made of cardboard, for looking at the screens while they are built. It is reached only
// with `?mock` in development and is not part of what is shipped.
import type { Api, Problem } from "./bindings";
import * as buy from "./mock/buy";
import * as desk from "./mock/desk";
import * as dock from "./mock/dock";
import * as health from "./mock/health";
import * as paper from "./mock/paper";
import * as picking from "./mock/picking";
import * as plan from "./mock/plan";
import * as slotting from "./mock/slotting";
import * as stock from "./mock/stock";
import { done, lang, setSession, words } from "./mock/base";
import { orderDetail, ordersPage } from "./mock/orders";

type Answers = { [K in keyof Api]: (args: Api[K][0]) => Api[K][1] };

const plain = (): Api["hold_order"][1] => done(words("Done.", "已完成。"));

const answers = {
  ...desk.answers,
  ...picking.answers,
  ...dock.answers,
  ...stock.answers,
  ...slotting.answers,
  ...buy.answers,
  ...plan.answers,
  ...health.answers,
  ...paper.answers,
  orders: ordersPage,
  order: ({ id }) => orderDetail(id),
} as Partial<Answers>;

function refuse(code: string): never {
  const problem: Problem = {
    code,
    what_happened: words("This is not played here.", "此处未模拟。"),
    what_to_do: words("Try another.", "请换一个。"),
  };
  throw problem;
}

export function mockDoor() {
  return {
    async call(session: string, name: string, args: unknown): Promise<unknown> {
      setSession(session);
      await new Promise((after) => setTimeout(after, 15));
      const answer = (answers as Record<string, ((args: unknown) => unknown) | undefined>)[name];
      void lang;
      return structuredClone(answer ? answer(args) : name.startsWith("no_") ? refuse(name) : plain());
    },
    listen(): void {},
  };
}
