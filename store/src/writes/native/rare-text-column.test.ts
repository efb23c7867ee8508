import { expect, it } from "vitest";
import { RareTextColumn } from "./rare-text-column.ts";
import { StringColumn } from "./string-column.ts";

it("is serialised as a column of strings with the same texts, also after rows were taken back", () => {
  const rare = new RareTextColumn("x");
  const plain = new StringColumn("x");
  const texts = ["", "é", "", "", "a".repeat(300), "", ""];
  texts.forEach((text, row) => {
    plain.push(text);
    if (text !== "") rare.set(row, text);
  });
  rare.set(7, "taken back");
  rare.rewind(7);
  expect(Buffer.concat(rare.pieces(7)).equals(Buffer.concat(plain.pieces()))).toBe(true);
  expect(rare.hasValues()).toBe(true);
  rare.clear();
  expect([rare.hasValues(), rare.size(), ...(rare.pieces(2)[0] ?? [])]).toEqual([false, 0, 0, 0]);
});
