import { expect, it } from "vitest";
import { keyInWords } from "./key-in-words.ts";

it.each([
  [undefined, "the request had no Authorization header"],
  ["Basic YTpi", "the Authorization header is not of the form: Bearer lw_…"],
  ["Bearer ", "the Authorization header is not of the form: Bearer lw_…"],
  [`Bearer lw_ing_${"aB3d".repeat(9)}`, "the key begins with lw_ing_aB3d"],
  ["Bearer lw_of-my-own-choosing-1234", "the key begins with lw_"],
  ["Bearer sk-something-secret", "the key does not begin with lw_"],
])("%s: %s", (header, words) => {
  expect(keyInWords(header)).toBe(words);
});
