import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CsvRow, openCsvText } from "./open-csv.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, isBig = false, mark = true): Uint8Array {
  const units = [...(mark ? "\uFEFF" : ""), ...text].join("");
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < units.length; at++) view.setUint16(at * 2, units.charCodeAt(at), !isBig);
  return bytes;
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Uint8Array | string, size = 7) {
  const csv = await openCsvText(pieces(typeof bytes === "string" ? utf8(bytes) : bytes, size));
  const rows: CsvRow[] = [];
  for await (const some of csv.rows()) rows.push(...some);
  return { columns: csv.columns, delimiter: csv.delimiter, rows, fields: rows.map(({ fields }) => fields) };
}

const refusal = (bytes: Uint8Array | string) =>
  read(bytes).then(
    () => "taken",
    (error: Error) => error.message,
  );

describe("a CSV", () => {
  it("of any values, delimiter, line end and encoding gives the values that were written", async () => {
    const cell = fc.string({
      unit: fc.constantFrom("a", "ü", "😀", ",", ";", '"', "\n", "\t", "|", " ", "1"),
    });
    const table = fc.record({
      rows: fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 }),
      delimiter: fc.constantFrom(",", ";", "\t", "|"),
      lineEnd: fc.constantFrom("\n", "\r\n"),
      encode: fc.constantFrom(
        utf8,
        utf16,
        (text: string) => utf16(text, true),
        (text: string) => utf8(`\uFEFF${text}`),
      ),
      size: fc.integer({ min: 1, max: 64 }),
    });
    await fc.assert(
      fc.asyncProperty(table, async ({ rows, delimiter, lineEnd, encode, size }) => {
        const lines = [["one", "two", "three"], ...rows].map((fields) =>
          fields
            .map((text) => (/^[a1ü]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`))
            .join(delimiter),
        );
        const found = await read(encode(lines.join(lineEnd)), size);
        expect(found).toMatchObject({ columns: ["one", "two", "three"], delimiter, fields: rows });
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [",", "ts,x,y,p"],
    [";", "ts;x;y;p"],
    ["\t", "ts\tx\ty\tp"],
    ["|", "ts|x|y|p"],
    [";", "ts;x,y;p"],
  ])("with %j between its values is cut there", async (delimiter, header) => {
    const values = header.split(delimiter).map((_, i) => `${i},5`);
    const rows = [header, values.map((value) => (delimiter === "," ? `"${value}"` : value)).join(delimiter)];
    expect(await read(rows.join("\n"))).toMatchObject({
      delimiter,
      columns: header.split(delimiter),
      fields: [values],
    });
  });

  it("is cut by what cuts every line alike where the header holds several delimiters", async () => {
    expect(await read("a;b,c;d,e\n1;2;3\n4;5;6\n")).toMatchObject({
      delimiter: ";",
      columns: ["a", "b,c", "d,e"],
    });
  });

  it("of UTF-16 without a byte order mark is known by its zeros", async () => {
    expect(await read(utf16("a;b\n1;2", false, false))).toMatchObject({
      columns: ["a", "b"],
      fields: [["1", "2"]],
    });
    expect(await read(utf16("a;b\n1;2", true, false))).toMatchObject({
      columns: ["a", "b"],
      fields: [["1", "2"]],
    });
  });

  it("may have one column, blank lines and no last line end", async () => {
    expect((await read("full name\nJohn Smith\n\nJane Doe")).fields).toEqual([["John Smith"], ["Jane Doe"]]);
    expect((await read("a,b\n")).fields).toEqual([]);
  });

  it("tells where each row begins", async () => {
    const { rows } = await read('a,b\n1,"x\ny"\n2,z\n');
    expect(rows.map(({ number, line, end }) => [number, line, end])).toEqual([
      [1, 2, 12],
      [2, 4, 16],
    ]);
  });

  it.each([
    ["nothing at all", "", "body: the CSV is empty: expected a first line that names the columns"],
    [
      "a row that is too short",
      "a,b,c\n1,2,3\n1,2\n",
      "body: row 2 (line 3) has 2 values where the first line names 3 columns",
    ],
    [
      "a row that is too long",
      "a,b\n1,2,\n",
      "body: row 1 (line 2) has 3 values where the first line names 2 columns",
    ],
    [
      "a quote that is never closed",
      'a,b\n1,2\n3,"x\n4,5\n',
      "body: the quote that opens in line 3 is never closed",
    ],
    [
      "a quote that swallows rows up to the next one",
      'a,b\n1,"x\n2,y\n3,"z"\n',
      "body: a quoted value begins in line 2, and text follows its closing quote in line 4: a quote is missing, or one within the value is not doubled",
    ],
    [
      "values between spaces",
      "ts x y p\n1 2 3 4\n",
      'body: the delimiter cannot be found out: expected a comma, semicolon, tab or vertical bar between the names in the first line, which reads "ts x y p"',
    ],
    [
      "two delimiters that cut alike",
      "a,b;c\n1,2;3\n",
      'body: the delimiter cannot be found out: expected a comma, semicolon, tab or vertical bar between the names in the first line, which reads "a,b;c"',
    ],
  ])("with %s is refused with where and what", async (_title, text, message) => {
    expect(await refusal(text)).toBe(message);
  });

  it("with bytes that are no UTF-8 in its header is refused with the header", async () => {
    expect(await refusal(Uint8Array.from([0x5a, 0xfc, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0x32]))).toBe(
      'body: the first line is no UTF-8 text; it reads "Z\uFFFD,b"',
    );
  });

  it("that begins as UTF-16 and does not go on so is refused", async () => {
    const odd = Uint8Array.from([...utf16("a,b\n1,2\n"), 0x41]);
    expect(await refusal(odd)).toBe("body: the text is not the UTF-16LE that its beginning says");
  });

  it("with a quote that is never closed is refused in time that grows with its size, and not held whole", async () => {
    const open = utf8(`a,b\n1,"${"x".repeat(20 * 1024 * 1024)}`);
    await expect(
      openCsvText(pieces(open, 65_536)).then(async (csv) => {
        for await (const _rows of csv.rows());
      }),
    ).rejects.toThrow("longer than 16777216 bytes; a quote opens in line 2 and is not closed");
  });
});
