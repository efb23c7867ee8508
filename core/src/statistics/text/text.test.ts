import { describe, expect, test } from "vitest";
import { classifyStringColumn, describeStrings } from "./classify-string-column.ts";
import { textColumns, textFeatures } from "./text-features.ts";

describe("text features", () => {
  test("count code points and words and what the text is made of, in any script", () => {
    expect(textFeatures("Año 42, 日本!")).toMatchObject({
      length: 11,
      words: 3,
      digit_share: 2 / 11,
      space_share: 2 / 11,
    });
    expect(textFeatures("Año 42, 日本!")).toMatchObject({
      letter_share: 5 / 11,
      punctuation_share: 2 / 11,
      uppercase_share: 1 / 5,
      non_ascii_share: 3 / 11,
    });
  });

  test("of an empty text are zero, and of a missing one missing", () => {
    expect(Object.values(textFeatures(""))).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(textColumns(["😀", null]).length).toEqual(Float64Array.of(1, Number.NaN));
  });
});

const rows = (make: (i: number) => string) => describeStrings(Array.from({ length: 500 }, (_, i) => make(i)));

describe("a string column", () => {
  test.each([
    ["categorical", "a few labels", rows((i) => ["web", "ios", "android"][i % 3]!)],
    [
      "categorical",
      "long labels that repeat",
      rows((i) => `the customer chose option number ${i % 7} of the list`),
    ],
    ["categorical", "many short codes that repeat", rows((i) => `zip-${i % 250}`)],
    ["identifier", "one code a row", rows((i) => `ord-${1000 + i}`)],
    ["free_text", "sentences", rows((i) => `case ${i}: the parcel came ${i} days late`)],
  ] as const)("is %s when it holds %s", (kind, _description, column) => {
    expect(classifyStringColumn(column).outcome).toBe(kind);
  });

  test("of few values is not classified", () => {
    expect(classifyStringColumn(describeStrings(["a", null])).outcome).toBe("insufficient_data");
    expect(classifyStringColumn(describeStrings([])).outcome).toBe("insufficient_data");
  });
});
