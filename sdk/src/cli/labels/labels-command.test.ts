import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { gzipSync } from "node:zlib";
import { parquetWriteFile } from "hyparquet-writer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HttpRequest } from "../../runtime.ts";
import { createCliHarness, writeIn } from "../../testing/cli-harness.ts";
import { acceptAll, answerOf, bodyOf, eventsOf } from "../../testing/fake-runtime.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(`${tmpdir()}/leeway-cli-`);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function labelsCsv(rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, n) => `p-${n},${n % 2 ? "late" : "punctual"},2026-01-0${1 + (n % 9)}T00:00:00Z`,
  );
  return ["prediction_id,label,timestamp", ...lines, ""].join("\n");
}

function sentLabels(requests: readonly HttpRequest[]): Map<string, unknown> {
  const byBatch = new Map(requests.map((request) => [bodyOf(request).batch_id, request]));
  return new Map(
    [...byBatch.values()].flatMap(eventsOf).map((event) => [String(event["prediction_id"]), event]),
  );
}

describe("leeway labels import", () => {
  it.each([
    ["python booleans", "labels-python-booleans.csv", ["true", "false"], 0],
    ["floats and missing values", "labels-float-and-nan.csv", ["1", "0"], 10],
  ])(
    "reads %s as classes in their one spelling, and passes over what is missing",
    async (_title, name, classes, missing) => {
      const fixture = readFileSync(new URL(`../../../../test/fixtures/uploads/${name}`, import.meta.url));
      const { run, requests, lines } = createCliHarness();
      expect(await run("labels", "import", writeIn(dir, name, fixture), "--model", "m")).toBe(0);
      expect([...new Set(requests.flatMap(eventsOf).map(({ label }) => label))]).toEqual(classes);
      if (missing > 0)
        expect(lines).toContain(`${missing} passed over, no label: the value is missing (first in row 3)`);
    },
  );

  it("exits with 1 when nothing was taken, with counts by reason and the first row of each", async () => {
    const text =
      "prediction_id,label,timestamp\np1,NaN,2026-01-01\n,late,2026-01-01\np3,late,09/01/2026\np4,NA,2026-01-01\n";
    const path = writeIn(dir, "labels.csv", text);
    const { run, requests, lines } = createCliHarness();
    expect(await run("labels", "import", path, "--model", "m")).toBe(1);
    expect(requests).toHaveLength(0);
    expect(lines.slice(-4)).toEqual([
      "2 passed over, no label: the value is missing (first in row 1)",
      "1 passed over, no prediction id (first in row 2)",
      "1 passed over, no time: expected RFC 3339 or epoch milliseconds (first in row 3)",
      `nothing was taken of ${path}`,
    ]);
    expect(await run("labels", "import", path, "--model", "m")).toBe(1);
  });

  it("exits with 1 when the server refused every label, and names the first row", async () => {
    const path = writeIn(dir, "labels.csv", labelsCsv(3));
    const { run, lines } = createCliHarness((request) =>
      answerOf(200, {
        accepted: 0,
        duplicate: 0,
        rejected: eventsOf(request).map((_event, index) => ({
          index,
          code: "invalid_event",
          message: "model: is wrong",
        })),
      }),
    );
    expect(await run("labels", "import", path, "--model", "m")).toBe(1);
    expect(lines).toContain("3 rejected, invalid_event: model: is wrong (first in row 1)");
  });

  it("names the line of a quote that is never closed, and does not ask to try again", async () => {
    const path = writeIn(dir, "labels.csv", 'prediction_id,label\np1,late\np2,"late\np3,late\n');
    const { run, lines } = createCliHarness();
    expect(await run("labels", "import", path, "--model", "m")).toBe(1);
    expect(lines.at(-1)).toContain("the quote that opens in line 3 is never closed");
  });

  it("reads UTF-16, semicolons, tabs and bars as the server does", async () => {
    for (const delimiter of [",", ";", "\t", "|"]) {
      const text = labelsCsv(3).replaceAll(",", delimiter);
      for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`, "utf16le")]) {
        const { run, requests } = createCliHarness();
        expect(
          await run("labels", "import", writeIn(dir, "labels.csv", bytes), "--model", "m", "--restart"),
        ).toBe(0);
        expect(eventsOf(requests[0])).toHaveLength(3);
      }
    }
  });

  it("sends every row of a CSV once, in batches, and says how it went", async () => {
    const path = writeIn(dir, "labels.csv", labelsCsv(25));
    const { run, requests, lines } = createCliHarness();
    expect(await run("labels", "import", path, "--model", "delays", "--batch-size", "10")).toBe(0);
    expect(requests.map((request) => eventsOf(request).length)).toEqual([10, 10, 5]);
    expect(eventsOf(requests[0])[1]).toEqual({
      prediction_id: "p-1",
      model: "delays",
      label: "late",
      timestamp: Date.UTC(2026, 0, 2),
    });
    expect(lines.at(-1)).toContain("100.0 % 25 rows, 25 accepted");
  });

  it("goes on where it stopped, and repeats what was uncertain under the same batch id", async () => {
    const path = writeIn(dir, "labels.csv", labelsCsv(100));
    let calls = 0;
    const first = createCliHarness((request) => {
      calls++;
      // The sixth batch is stored, but its answer is a refusal: from here it looks as if nothing had arrived.
      return calls === 6 ? answerOf(403, { code: "forbidden" }) : acceptAll(request);
    });
    expect(await first.run("labels", "import", path, "--model", "m", "--batch-size", "10")).toBe(3);
    const { rows } = JSON.parse(readFileSync(`${path}.leeway-import.json`, "utf8")) as { rows: number };
    expect(rows).toBe(50);

    const second = createCliHarness();
    expect(await second.run("labels", "import", path, "--model", "m", "--batch-size", "10")).toBe(0);
    expect(second.requests).toHaveLength(5);
    const content = new Map<string, unknown>();
    for (const request of [...first.requests, ...second.requests]) {
      const { batch_id } = bodyOf(request);
      expect(content.get(batch_id) ?? request.body).toBe(request.body);
      content.set(batch_id, request.body);
    }
    expect(content.size).toBe(10);
    expect(sentLabels([...first.requests, ...second.requests]).size).toBe(100);

    const third = createCliHarness();
    expect(await third.run("labels", "import", path, "--model", "m", "--batch-size", "10")).toBe(0);
    expect(third.requests).toHaveLength(0);
    expect(third.lines[0]).toContain("has been imported already: 100 rows, 100 accepted");
  });

  it("uses the same batch ids when the state is lost, and other ones when the file or its reading changes", async () => {
    const idsOf = async (path: string, ...more: string[]) => {
      const { run, requests } = createCliHarness();
      expect(await run("labels", "import", path, "--model", "m", "--restart", ...more)).toBe(0);
      return requests.map((request) => bodyOf(request).batch_id);
    };
    const path = writeIn(dir, "labels.csv", labelsCsv(5));
    const ids = await idsOf(path);
    expect(await idsOf(path)).toEqual(ids);
    expect(await idsOf(path, "--time-column", "timestamp")).toEqual(ids);
    expect(await idsOf(path, "--batch-size", "3")).not.toContain(ids[0]);
    expect(await idsOf(writeIn(dir, "labels.csv", labelsCsv(6)))).not.toContain(ids[0]);
  });

  it("reads gzipped CSV and Parquet alike, with the columns that were named", async () => {
    const ids = Array.from({ length: 7 }, (_, n) => `p-${n}`);
    const values = ids.map((_, n) => n / 2);
    const seen = Array.from(ids, (_, n) => new Date(Date.UTC(2026, 0, 1 + n)));
    const rows = ids.map((id, n) => `${id},${values[n]},${seen[n]?.toISOString()}`);
    const packed = writeIn(dir, "truth.csv.gz", gzipSync(["key,amount,seen", ...rows].join("\n")));
    const parquet = `${dir}/truth.parquet`;
    parquetWriteFile({
      filename: parquet,
      columnData: [
        { name: "key", data: ids, type: "STRING" },
        { name: "amount", data: values, type: "DOUBLE" },
        { name: "seen", data: seen, type: "TIMESTAMP" },
      ],
    });
    const columns = ["--id-column", "key", "--value-column", "amount", "--time-column", "seen"];
    const sent: unknown[] = [];
    for (const path of [packed, parquet]) {
      const { run, requests } = createCliHarness();
      expect(await run("labels", "import", path, "--model", "m", ...columns)).toBe(0);
      sent.push(requests.flatMap(eventsOf));
    }
    expect(sent[0]).toEqual(sent[1]);
    expect(sent[0]).toContainEqual({
      prediction_id: "p-3",
      model: "m",
      value: 1.5,
      timestamp: Date.UTC(2026, 0, 4),
    });
  });

  it("passes over rows without id or label, waits for a busy server, and lists rejections", async () => {
    const path = writeIn(dir, "labels.csv", "id,label\np-1,a\n,b\np-3,\np-4,b\n");
    let calls = 0;
    const { run, requests, lines } = createCliHarness(() => {
      calls++;
      if (calls === 1) return answerOf(503, {}, "0");
      return answerOf(200, {
        accepted: 1,
        duplicate: 0,
        rejected: [{ index: 1, code: "too_old", message: "older than a year" }],
      });
    });
    expect(await run("labels", "import", path, "--model", "m")).toBe(0);
    expect(requests).toHaveLength(2);
    expect(lines.join("\n")).toContain(
      "4 rows, 1 accepted, 0 known, 1 rejected, 2 without id, label or time",
    );
    expect(lines).toContain("1 rejected, too_old: older than a year (first in row 4)");
  });

  it("says which columns there are when it can't tell which to read", async () => {
    const path = writeIn(dir, "labels.csv", "key,outcome\n1,2\n");
    const { run, lines } = createCliHarness();
    expect(await run("labels", "import", path, "--model", "m")).toBe(2);
    expect(lines[0]).toContain("--id-column; there are: key, outcome");
    expect(await run("labels", "import", path, "--model", "m", "--id-column", "nope")).toBe(2);
    expect(await run("labels", "import", path)).toBe(2);
  });
});
