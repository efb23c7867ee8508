import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCsvSplitter, parseCsvFields } from "./csv-records.ts";

function split(text: string, chunkSize: number): { text: string; end: number }[] {
  const bytes = Buffer.from(text);
  const next = createCsvSplitter(100);
  const records = [];
  for (let at = 0; at < bytes.length; at += chunkSize)
    records.push(...next(bytes.subarray(at, at + chunkSize)));
  records.push(...next(null));
  return records;
}

describe("createCsvSplitter", () => {
  it("gives the same records and positions however the bytes are cut", () => {
    const text = 'a,b\r\n1,"x\ny"\n\nü,"""q"""\nlast,2';
    const whole = split(text, 1_000);
    expect(whole.map((record) => record.text)).toEqual(["a,b", '1,"x\ny"', 'ü,"""q"""', "last,2"]);
    expect(whole.at(-1)?.end).toBe(100 + Buffer.byteLength(text));
    for (let size = 1; size < 20; size++) expect(split(text, size)).toEqual(whole);
  });

  it("names positions from which the rest reads the same", () => {
    const text = 'h1,h2\n1,"a\nb"\n2,c\n3,d\n';
    const records = split(text, 7);
    for (const [index, record] of records.entries()) {
      const rest = Buffer.from(text)
        .subarray(record.end - 100)
        .toString();
      expect(split(rest, 5).map(({ text: left }) => left)).toEqual(
        records.slice(index + 1).map(({ text: left }) => left),
      );
    }
  });
});

describe("parseCsvFields", () => {
  it("reads back any fields that were quoted by the rules", () => {
    const field = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", " ", "é") });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), (fields) => {
        const text = fields.map((each) => `"${each.replaceAll('"', '""')}"`).join(",");
        expect(parseCsvFields(text, ",")).toEqual(fields);
      }),
    );
  });

  it("keeps empty fields, also the last", () => {
    expect(parseCsvFields("a,,", ",")).toEqual(["a", "", ""]);
    expect(parseCsvFields('"a",,', ",")).toEqual(["a", "", ""]);
    expect(parseCsvFields("a;b", ";")).toEqual(["a", "b"]);
  });
});
