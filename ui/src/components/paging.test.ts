import { describe, expect, it } from "vitest";
import { PAGE_ROWS, PagedRows } from "./paging.svelte";

const settle = (): Promise<void> => new Promise((after) => setTimeout(after, 0));
const numbers =
  (total: number, asked: number[] = []) =>
  (offset: number, limit: number) => {
    asked.push(offset);
    return Promise.resolve({
      rows: Array.from({ length: Math.min(limit, total - offset) }, (_, i) => offset + i),
      total,
    });
  };

describe("a table's pages", () => {
  it("are fetched as they come into sight, each once", async () => {
    const asked: number[] = [];
    const rows = new PagedRows<number>(numbers(1_000_000, asked));
    rows.see(0, 30);
    await settle();
    rows.see(20, 130);
    await settle();
    expect(asked).toEqual([0, PAGE_ROWS]);
    expect(rows.row(120)).toBe(120);
    expect(rows.row(500)).toBeUndefined();
    expect(rows.total).toBe(1_000_000);
  });
  it("are forgotten when far away", async () => {
    const rows = new PagedRows<number>(numbers(1_000_000));
    for (let page = 0; page < 60; page += 1) {
      rows.see(page * PAGE_ROWS, page * PAGE_ROWS + 30);
      await settle();
    }
    expect(rows.row(0)).toBeUndefined();
    expect(rows.row(59 * PAGE_ROWS)).toBe(5900);
    expect(rows.here().length).toBeLessThan(40 * PAGE_ROWS);
  });
  it("do not mix the answers to two questions", async () => {
    let answerFirst = (): void => {};
    const slow = () =>
      new Promise<{ rows: string[]; total: number }>((done) => {
        answerFirst = () => done({ rows: ["old"], total: 1 });
      });
    const rows = new PagedRows<string>(slow);
    rows.see(0, 10);
    rows.restart(() => Promise.resolve({ rows: ["new"], total: 1 }));
    await settle();
    answerFirst();
    await settle();
    expect(rows.row(0)).toBe("new");
  });
  it("keep what was shown when asking again fails", async () => {
    let fail = false;
    const rows = new PagedRows<number>(() =>
      fail ? Promise.reject(new Error("cut")) : Promise.resolve({ rows: [7], total: 1 }),
    );
    rows.see(0, 0);
    await settle();
    fail = true;
    rows.refresh();
    await settle();
    expect(rows.row(0)).toBe(7);
    expect(rows.failed).toBeInstanceOf(Error);
  });
});
