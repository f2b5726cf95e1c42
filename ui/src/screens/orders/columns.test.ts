import { describe, expect, it } from "vitest";
import { guess, heads, missing, renamed } from "./columns";

describe("columns of a foreign file", () => {
  it("are recognized by what other programs call them", () => {
    const names = heads(
      "Order No;Shipping Name;Shipping Address;Lineitem SKU;Quantity;Colour\n1;A;B;C;2;red",
    );
    const meaning = guess(names, "orders");
    expect(meaning).toEqual(["order_id", "customer", "address", "sku", "qty", ""]);
    expect(missing(meaning, "orders")).toEqual([]);
  });
  it("keep our own names before those of others, and give each once", () => {
    expect(guess(["name", "title", "sku"], "products")).toEqual(["name", "", "sku"]);
  });
  it("say what is still missing", () => {
    expect(missing(guess(["货号", "数量"], "stock"), "stock")).toEqual(["location"]);
  });
  it("are renamed in the first row alone", () => {
    expect(renamed('Item,Bin,Units\n"A,1",B-1,3\n', ["sku", "location", "qty"])).toBe(
      'sku,location,qty\n"A,1",B-1,3\n',
    );
  });
  it("become CSV when they were copied from a spreadsheet", () => {
    expect(renamed("Item\tBin\tUnits\r\nMug, red\tB-1\t3\r\n", ["sku", "location", "qty"])).toBe(
      'sku,location,qty\n"Mug, red",B-1,3',
    );
  });
  it("are left alone in JSON", () => {
    expect(heads('[{"order_id": 1}]')).toEqual([]);
  });
});
