import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonProblem, notUtf8 } from "./parse-json.ts";
import { scanJson } from "./scan-json.ts";

const isJson = (bytes: Buffer) => {
  try {
    JSON.parse(bytes.toString("utf8"));
    return true;
  } catch {
    return false;
  }
};
const isWhole = (bytes: Buffer) => {
  let words = 0;
  const place = scanJson(bytes, () => words++);
  return place === undefined && words === 0;
};

describe("where a text stops being JSON", () => {
  it.each([
    ['{"a":[1,NaN]}', "line 1, offset 8, a.1: NaN is no JSON value; send null where there is none"],
    [
      '{"a":{"b":-Infinity}}',
      "line 1, offset 10, a.b: -Infinity is no JSON value; send null where there is none",
    ],
    ['{\n"a": 1\n"b": 2}', 'line 3, offset 9, a: "\\"b\\": 2}" is not expected here'],
    ['{"a":1', "line 1, offset 6, a: it ends too early"],
    ["", "line 1, offset 0: it ends too early"],
    ['{"a":01}', 'line 1, offset 6, a: "1}" is not expected here'],
    ['{"a":"\\x"}', 'line 1, offset 5, a: "\\"\\\\x\\"}" is not expected here'],
    ["\ufeff{}", "line 1, offset 0: it begins with a byte order mark, which JSON does not allow"],
  ])("is named for %s", (text, problem) => {
    expect(jsonProblem(Buffer.from(text))).toBe(problem);
  });

  it("is named where bytes are not UTF-8", () => {
    const bytes = Buffer.concat([Buffer.from('{"city":"é'), Buffer.from([0xfc]), Buffer.from('rich"}')]);
    expect(notUtf8(bytes)).toBe("line 1, offset 11: the bytes are not UTF-8");
  });

  it("is found exactly where JSON.parse refuses a text, and nowhere else", () => {
    const damage = fc.record({
      at: fc.nat(),
      cut: fc.nat({ max: 3 }),
      insert: fc.constantFrom(
        ...'"\\{}[],:-+.eE0 \n'.split(""),
        "",
        "NaN",
        "1e9",
        "\\u",
        "\u0001",
        "é",
        "tru",
      ),
    });
    fc.assert(
      fc.property(fc.json(), fc.array(damage, { maxLength: 3 }), (json, damages) => {
        let text = json;
        for (const { at, cut, insert } of damages) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + insert + text.slice(place + cut);
        }
        const bytes = Buffer.from(text);
        expect(isWhole(bytes)).toBe(isJson(bytes));
      }),
      { numRuns: 5_000 },
    );
  });
});
