import { beforeEach, describe, expect, it } from "vitest";
import { viewActions } from "../actions/views";
import { personal, read } from "./personal.svelte";
import { session } from "./session.svelte";
import { shows, views, type Unnamed } from "./views.svelte";

const person = (id: string): void => {
  session.view = { token: "t", person: { id, name: id, roles: [] }, allowed: [] };
};
const now = (search: string): Unnamed => ({
  screen: "orders",
  tab: "ready",
  table: "orders-table",
  question: { search, sort: "promise", descending: false },
  columns: { wave: true },
  group: "",
});

beforeEach(() => {
  for (const id of ["li.wei", "marta"]) {
    person(id);
    personal.change({ views: [], tables: {} });
  }
});

describe("a saved view", () => {
  it("is what was on the screen, whatever the order of its parts", () => {
    const view = views.add(now("web"), " Web orders ");
    expect(view.name).toBe("Web orders");
    const turned = { ...now("web"), question: { descending: false, sort: "promise", search: "web" } };
    expect(shows(view, turned)).toBe(true);
    expect(shows(view, now("phone"))).toBe(false);
    expect(shows(view, { ...now("web"), columns: {} })).toBe(false);
  });
  it("belongs to one person", () => {
    views.add(now("web"), "Web");
    expect(views.of("orders")).toHaveLength(1);
    person("li.wei");
    expect(views.of("orders")).toHaveLength(0);
  });
  it("is opened with its tab and its columns, and waits for its screen", () => {
    const view = views.add(now("web"), "Web");
    globalThis.location ??= { hash: "" } as Location;
    views.open(view);
    expect(personal.table("orders-table").columns).toEqual({ wave: true });
    expect(views.wanted?.question.search).toBe("web");
    expect(location.hash).toBe("/orders/ready");
  });
  it("is an action for everywhere", () => {
    views.add(now("web"), "Web");
    expect(viewActions()[0]).toMatchObject({
      label: "views.open",
      values: { screen: "Orders", name: "Web" },
    });
  });
  it("is renamed and deleted", () => {
    const view = views.add(now("web"), "Web");
    views.replace({ ...view, name: "Shop" });
    expect(views.of("orders")[0].name).toBe("Shop");
    views.remove(view);
    expect(views.of("orders")).toEqual([]);
    views.putBack(view);
    expect(views.of("orders")).toHaveLength(1);
  });
});

it("forgets what it cannot read", () => {
  expect(read("{broken").views).toEqual([]);
  expect(read('{"views": 7}').views).toEqual([]);
  expect(read(null).everything).toBe(false);
});
