import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { findLeewayError } from "@leeway/core/errors";
import type { UploadFormat, UploadMapping } from "@leeway/store";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const NOW = Date.UTC(2026, 11, 1);
const MAPPING: UploadMapping = { timestamp: "ts", score: "p", label: "y" };

let test: TestDatabase;
let uploads = 0;

beforeAll(async () => {
  test = await createTestDatabase({ now: () => NOW });
});
afterAll(() => test.close());

function take(format: UploadFormat, body: string | Buffer, mapping: UploadMapping = {}) {
  return test.store.references.fromRows("default", {
    id: `defect${++uploads}`,
    model: "m",
    version: "1",
    format,
    mapping,
    body: Readable.from([Buffer.from(body)]),
  });
}

/** What is wrong with an upload, as it is reported; all of it is the sender's to mend. */
async function problems(...given: Parameters<typeof take>): Promise<string[]> {
  const error = findLeewayError(await take(...given).catch((thrown) => thrown));
  expect(error).toMatchObject({ code: "invalid_request" });
  return (error?.problems ?? []).map(({ path, message }) => `${path}: ${message}`);
}

const fixture = (name: string) => readFile(new URL(`../../fixtures/uploads/${name}`, import.meta.url));
const columnsOf = ({ reference }: Awaited<ReturnType<typeof take>>) =>
  reference.features.map(({ name }) => name);
const A_TIME =
  "which is no time: expected RFC 3339 (2026-01-31T12:00:00Z) or epoch milliseconds, from the year 2000 to two days ahead";

describe("times", () => {
  it("with the month first are refused with column, row and value, and not read as other months", async () => {
    expect(await problems("csv", await fixture("us-dates.csv"), MAPPING)).toEqual([
      expect.stringContaining(`ts: row 1 holds "09/01/2026 10:00", ${A_TIME}, and `),
    ]);
  });

  it("that are empty, of the year 1 or of the year 9999 are refused as those of events are", async () => {
    const found = await problems("csv", await fixture("sentinel-and-empty-times.csv"), MAPPING);
    expect(found[0]).toMatch(
      /^ts: row 1 holds no time: expected RFC 3339 or epoch milliseconds, and \d+ more of \d+ rows$/,
    );
    expect(found[1]).toMatch(/^ts: row 2 holds "0001-01-01T00:00:00Z", which is no time: /);
  });

  const at = (time: string) => `ts;x\n2026-09-01T10:00:00Z;1\n${time};2\n`;

  it.each([
    "9999-12-31T00:00:00Z",
    "1999-12-31T23:59:59Z",
    "2026-02-30T10:00:00Z",
    "2026-12-24T00:00:00Z",
    "01.09.2026",
    "2026/09/01",
    "Sep 1 2026",
    "20260901",
    "1788256800",
    "now",
  ])("of %s are refused", async (time) => {
    expect((await problems("csv", at(time), { timestamp: "ts" }))[0]).toBe(
      `ts: row 2 holds "${time}", ${A_TIME}`,
    );
  });

  it.each([
    "2026-09-01T12:30:00+02:30",
    "2026-09-01 10:00:00.000",
    "2026-09-01 10:00",
    "1788256800000",
    "1788256800000.0",
    "1.7882568e12",
  ])("of %s are all the same moment", async (time) => {
    const { reference } = await take("csv", at(time), { timestamp: "ts" });
    expect(reference.to).toBe(Date.UTC(2026, 8, 1, 10) + 1);
  });

  it("without a value are refused in every format", async () => {
    const none = "ts: row 2 holds no time: expected RFC 3339 or epoch milliseconds";
    expect(await problems("csv", "ts,x\n2026-09-01,1\n,2\n", { timestamp: "ts" })).toEqual([none]);
    expect(await problems("csv", "ts,x\n2026-09-01,1\nNaT,2\n", { timestamp: "ts" })).toEqual([none]);
    expect(
      await problems("ndjson", '{"ts":"2026-09-01","x":1}\n{"ts":null,"x":2}\n', { timestamp: "ts" }),
    ).toEqual([none]);
    expect(await problems("ndjson", '{"ts":1788256800000,"x":1}\n{"x":2}\n', { timestamp: "ts" })).toEqual([
      none,
    ]);
  });
});

describe("outputs and labels", () => {
  it("that are no scores are refused with column, row and value", async () => {
    expect(await problems("csv", await fixture("bad-scores.csv"), MAPPING)).toEqual([
      expect.stringMatching(
        /^p: row 1 holds "high", which is no score: expected a number from 0 to 1, with a point before the decimals, and \d+ more of \d+ rows$/,
      ),
    ]);
    expect((await problems("csv", "p;x\n0.5;1\n57.5;2\n", { score: "p" }))[0]).toContain(
      'row 2 holds "57.5"',
    );
    expect((await problems("csv", "p;x\n0,5;1\n0,7;2\n", { score: "p" }))[0]).toContain('row 1 holds "0,5"');
  });

  it("that are no numbers where numbers are expected are refused", async () => {
    const text = "v,t,x\n1,2,3\nhigh,low,3\n";
    expect(await problems("csv", text, { predicted_value: "v", label_value: "t" })).toEqual([
      't: row 2 holds "low", which is no number: expected one with a point before the decimals',
      'v: row 2 holds "high", which is no number: expected one with a point before the decimals',
    ]);
  });

  it("of which every value is missing say that the wrong column was named", async () => {
    expect(await problems("csv", "x,y\n1,n/a\n2,N/A\n", { label: "y" })).toEqual([
      "y: no row holds a label: every value of the column is missing",
    ]);
  });

  it("that are missing here and there do not count as labelled", async () => {
    const { reference } = await take("parquet", await fixture("nan-labels.parquet"), MAPPING);
    expect(reference.rows).toBe(300);
    expect(reference.labelled_rows).toBeLessThan(300);
    expect(reference.labelled_rows).toBeGreaterThan(0);
  });

  it("may be unreadable in a share of rows that the mapping names; those are left out and counted", async () => {
    const rows = Array.from({ length: 200 }, (_, i) => `${i === 50 ? "high" : "0.5"},${i}`);
    const text = ["p,x", ...rows].join("\n");
    const { reference, invalid } = await take("csv", text, { score: "p", allow_invalid: 0.01 });
    expect(reference.rows).toBe(199);
    expect(invalid).toEqual([
      {
        column: "p",
        rows: 1,
        first_row: 51,
        message: "is no score: expected a number from 0 to 1, with a point before the decimals",
      },
    ]);
    expect((await problems("csv", text, { score: "p", allow_invalid: 0.004 }))[0]).toMatch(
      /^p: row 51 .* \(allow_invalid takes a share of 0\.004\)$/,
    );
  });
});

describe("text", () => {
  it("of other bytes than UTF-8 is refused with column and row, or left out where that is allowed", async () => {
    const body = Buffer.from("city,x\nBern,1\nZürich,2\n", "latin1");
    expect(await problems("csv", body)).toEqual([
      'city: row 2 holds bytes that are no UTF-8 text: "Z\uFFFDrich"',
    ]);
    const json = Buffer.from('{"city":"Bern"}\n{"city":"Zürich"}\n', "latin1");
    expect(await problems("ndjson", json)).toEqual([
      'city: row 2 holds bytes that are no UTF-8 text: "Z\uFFFDrich"',
    ]);
    const { reference } = await take("csv", body, { allow_invalid: 0.5 });
    expect(reference.rows).toBe(1);
    expect((await take("csv", body, { ignore: ["city"] })).reference.rows).toBe(2);
  });

  it("of half characters in JSON is refused", async () => {
    expect(await problems("ndjson", '{"a":"x"}\n{"a":"\\ud800"}')).toEqual([
      "a: row 2 holds half a character (a lone surrogate)",
    ]);
  });
});

describe("the delimiter", () => {
  it.each([{}, MAPPING])("of semicolons is found, with the mapping %j", async (mapping) => {
    const taken = await take("csv", await fixture("semicolons.csv"), mapping);
    expect(columnsOf(taken)).toEqual(mapping.score === undefined ? ["p", "ts", "x", "y"] : ["x"]);
  });

  it("is found in UTF-16 and behind a byte order mark", async () => {
    const text = await fixture("semicolons.csv");
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text.toString("utf8"), "utf16le")]);
    expect(columnsOf(await take("csv", utf16, MAPPING))).toEqual(["x"]);
    const tabs = Buffer.from(`\uFEFF${text.toString("utf8").replaceAll(";", "\t")}`);
    expect(columnsOf(await take("csv", tabs, MAPPING))).toEqual(["x"]);
  });

  it("that cannot be found, or that leaves the mapped columns missing, is refused with the header as read", async () => {
    expect((await problems("csv", "ts^x^y\n1^2^3\n"))[0]).toContain('which reads "ts^x^y"');
    expect((await problems("csv", "ts x,y\n1 2,3\n", { timestamp: "ts" }))[0]).toBe(
      'mapping: no column is named "ts"; the first line reads "ts x,y"',
    );
  });
});

describe("columns", () => {
  it("that a data frame wrote as its index are left out and told, unless they are mapped", async () => {
    const body = await fixture("pandas-index.parquet");
    const taken = await take("parquet", body, MAPPING);
    expect(columnsOf(taken)).toEqual(["x"]);
    expect(taken.leftOut).toEqual([{ column: "__index_level_0__", reason: "row_numbers" }]);
    const mapped = await take("parquet", body, { ...MAPPING, features: ["x", "__index_level_0__"] });
    expect(mapped.leftOut).toEqual([]);
    const unnamed = await take("csv", ",Unnamed: 0,x\n0,0,1\n1,1,2\n");
    expect(columnsOf(unnamed)).toEqual(["x"]);
    expect(unnamed.leftOut.map(({ column }) => column)).toEqual(["", "Unnamed: 0"]);
  });

  it("that nest are refused by name, unless the mapping ignores them", async () => {
    const body = await fixture("struct-and-map.parquet");
    expect(await problems("parquet", body, MAPPING)).toEqual([
      "s: the column holds lists, structures or maps, which are no feature: ignore it",
      "m: the column holds lists, structures or maps, which are no feature: ignore it",
    ]);
    const taken = await take("parquet", body, { ...MAPPING, ignore: ["s", "m"] });
    expect(taken.reference.rows).toBe(300);
  });

  it.each([
    ["named twice", "x,y,x\n1,2,3\n", 'body: the table names the column "x" twice'],
    [
      "with a control character in its name",
      "x,a\u0001b\n1,2\n",
      'body: the column name "a\\u0001b" is not valid: must not hold control characters',
    ],
    [
      "with a name that is too long",
      `x,${"n".repeat(129)}\n1,2\n`,
      `body: the column name "${"n".repeat(60)}…" is not valid: a name has 1 to 128 characters`,
    ],
    ["of no row", "x,y\n", "body: the uploaded table has no rows"],
    ["of nothing", "", "body: the CSV is empty: expected a first line that names the columns"],
    ["of empty names", ",\n1,2\n", 'body: the first line names no column; it reads ","'],
    [
      "of a row that is too short",
      "x,y\n1,2\n3\n",
      "body: row 2 (line 3) has 1 value where the first line names 2 columns",
    ],
    ["of an open quote", 'x,y\n1,"2\n3,4\n', "body: the quote that opens in line 2 is never closed"],
  ])("of a CSV %s are refused", async (_title, text, message) => {
    expect(await problems("csv", text)).toEqual([expect.stringContaining(message)]);
  });

  it("of any name that is one are read: quotes, braces, other alphabets", async () => {
    const names = [
      "a'b",
      "c`d",
      'e"f',
      "{g:String}",
      "h\\i",
      "температура",
      "気温",
      "😀",
      "; DROP",
      "--",
      "$1",
    ];
    const quoted = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(",");
    const expected = [...names].sort();
    const sorted = (taken: Awaited<ReturnType<typeof take>>) => columnsOf(taken).sort();
    expect(sorted(await take("csv", `${quoted}\n${names.map((_, i) => i).join(",")}\n`))).toEqual(expected);
    const object = Object.fromEntries(names.map((name, i) => [name, i]));
    expect(sorted(await take("ndjson", JSON.stringify(object)))).toEqual(expected);
  });

  it("of more features than a prediction may have are refused, and taken where the mapping leaves some out", async () => {
    const names = Array.from({ length: 2_001 }, (_, i) => `f${i}`);
    const text = `${names.join(",")}\n${names.map(() => "1").join(",")}\n`;
    expect(await problems("csv", text)).toEqual([
      "mapping: the table would have 2001 features, at most 2000 are taken: map or ignore columns, or list the features",
    ]);
    expect(columnsOf(await take("csv", text, { features: ["f0", "f2000"] }))).toEqual(["f0", "f2000"]);
    const long = Array.from({ length: 1_000 }, (_, i) => `${"n".repeat(124)}${i}`).join(",");
    expect((await problems("csv", `${long}\n`))[0]).toContain("bytes together, at most 100000 are taken");
  });

  it("hold line ends and delimiters within quotes", async () => {
    const { reference } = await take("csv", 'note,x\r\n"two\r\nlines, and a ""quote""",1\r\nplain,2\r\n');
    expect(reference.features[0]?.categories?.map(({ name }) => name).sort()).toEqual([
      "plain",
      'two\r\nlines, and a "quote"',
    ]);
  });
});

it("a mapping with a word that is none is refused before anything is read", async () => {
  const { uploadMappingSchema } = await import("@leeway/store");
  expect(uploadMappingSchema.safeParse({ timestmap: "ts" }).success).toBe(false);
});
