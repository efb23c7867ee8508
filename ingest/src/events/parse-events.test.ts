import { describe, expect, it } from "vitest";
import { parseEvents, parseLines } from "./parse-events.ts";
import { Refusal } from "./read-outcome.ts";

const event = (id: number, score: string) => `{"id":"p-${id}","prediction":{"score":${score}}}`;
const body = (...events: string[]) => Buffer.from(`{"batch_id":"b","predictions":[${events.join(",\n")}]}`);
const parse = (bytes: Buffer) => parseEvents(bytes, "predictions");

describe("a body of events", () => {
  it.each(["NaN", "Infinity", "-Infinity", "None", "nan"])(
    "is taken without the events that hold %s, which are refused by index",
    (word) => {
      const events = Array.from({ length: 500 }, (_unused, at) => event(at, at % 100 === 7 ? word : "0.5"));
      const parsed = parse(body(...events));
      expect([parsed.batchId, parsed.events.length]).toEqual(["b", 500]);
      const refused = parsed.events.flatMap((one, index) => (one instanceof Refusal ? [index] : []));
      expect(refused).toEqual([7, 107, 207, 307, 407]);
      const message = `predictions.7.prediction.score: ${word} is no JSON value; send null where there is none`;
      expect(parsed.events[7]).toMatchObject({
        code: "invalid_event",
        message: expect.stringContaining(message),
      });
      expect(parsed.events[8]).toEqual(JSON.parse(event(8, "0.5")));
    },
  );

  it.each([
    ["a bracket too many", body(event(0, "1"), `${event(1, "1")}}`), /line 2, offset \d+, predictions\.1/],
    ["an unclosed text", body(event(0, "1"), '{"id":"p-1'), /line 2, offset \d+, predictions\.1\.id/],
    ["a word outside of its events", Buffer.from('{"batch_id":NaN,"predictions":[]}'), /batch_id: NaN/],
    [
      "Latin-1",
      Buffer.from(body(event(0, '"Zürich"')).toString(), "latin1"),
      /offset \d+: the bytes are not UTF-8/,
    ],
  ])("is refused with line, offset and event for %s", (_title, bytes, problem) => {
    expect(() => parse(bytes)).toThrow(problem);
  });
});

describe("lines of events", () => {
  it("are refused one by one where they are not JSON, not UTF-8, or hold Python's NaN", () => {
    const latin = Buffer.from('{"id":"Zürich"}\n', "latin1");
    const text = Buffer.from('{"id":"a"}\r\n\n{"id":NaN}\n{"id":"ü"}\n{"id"\n');
    const values = parseLines(Buffer.concat([text, latin, Buffer.from('{"id":"z"}')]));
    expect(values.map((value) => (value instanceof Refusal ? value.message : value))).toEqual([
      { id: "a" },
      "the line is not JSON: line 1, offset 6, id: NaN is no JSON value; send null where there is none",
      { id: "ü" },
      "the line is not JSON: line 1, offset 5: it ends too early",
      "the line is not JSON: line 1, offset 8: the bytes are not UTF-8",
      { id: "z" },
    ]);
  });
});
