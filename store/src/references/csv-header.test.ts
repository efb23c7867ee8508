import { expect, it } from "vitest";
import { csvHeader } from "./csv-header.ts";

it("reads plain and quoted names up to the end of the first line", () => {
  expect(csvHeader('a,b c,"d,e","say ""hi"""\r\n1,2,3,4\n')).toEqual(["a", "b c", "d,e", 'say "hi"']);
  expect(csvHeader("\uFEFFid,x")).toEqual(["id", "x"]);
  expect(csvHeader('"two\nlines",z\n')).toEqual(["two\nlines", "z"]);
});

it("finds no columns in an empty text", () => {
  expect(csvHeader("")).toEqual([]);
});
