import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { gzipSync } from "node:zlib";
import { parquetWriteFile } from "hyparquet-writer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemRuntime } from "../config.ts";
import type { HttpAnswer, HttpRequest } from "../runtime.ts";
import { acceptAll, answerOf, bodyOf, eventsOf } from "../testing/fake-runtime.ts";
import { runCli } from "./run-cli.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(`${tmpdir()}/leeway-cli-`);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A server that counts what it stored by batch id, as ingest does. */
function setUp(answer: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer> = acceptAll) {
  const requests: HttpRequest[] = [];
  const lines: string[] = [];
  const run = (...args: string[]): Promise<number> =>
    runCli(args, {
      env: { LEEWAY_API_KEY: "lw_key", LEEWAY_URL: "http://127.0.0.1:4700" },
      runtime: {
        ...systemRuntime(),
        random: () => 0,
        async post(request) {
          requests.push(request);
          return answer(request);
        },
      },
      print: (line) => lines.push(line),
      note: (line) => lines.push(line),
      status: null,
      onInterrupt: (task) => setTimeout(task, 50),
    });
  return { run, requests, lines };
}

function write(name: string, text: string | Uint8Array): string {
  writeFileSync(`${dir}/${name}`, text);
  return `${dir}/${name}`;
}

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
  it("sends every row of a CSV once, in batches, and says how it went", async () => {
    const path = write("labels.csv", labelsCsv(25));
    const { run, requests, lines } = setUp();
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
    const path = write("labels.csv", labelsCsv(100));
    let calls = 0;
    const first = setUp((request) => {
      calls++;
      // The sixth batch is stored, but its answer is a refusal: from here it looks as if nothing had arrived.
      return calls === 6 ? answerOf(403, { code: "forbidden" }) : acceptAll(request);
    });
    expect(await first.run("labels", "import", path, "--model", "m", "--batch-size", "10")).toBe(3);
    const { rows } = JSON.parse(readFileSync(`${path}.leeway-import.json`, "utf8")) as { rows: number };
    expect(rows).toBe(50);

    const second = setUp();
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

    const third = setUp();
    expect(await third.run("labels", "import", path, "--model", "m", "--batch-size", "10")).toBe(0);
    expect(third.requests).toHaveLength(0);
    expect(third.lines[0]).toContain("has been imported already: 100 rows, 100 accepted");
  });

  it("uses the same batch ids when the state is lost, and other ones when the file or its reading changes", async () => {
    const idsOf = async (path: string, ...more: string[]) => {
      const { run, requests } = setUp();
      expect(await run("labels", "import", path, "--model", "m", "--restart", ...more)).toBe(0);
      return requests.map((request) => bodyOf(request).batch_id);
    };
    const path = write("labels.csv", labelsCsv(5));
    const ids = await idsOf(path);
    expect(await idsOf(path)).toEqual(ids);
    expect(await idsOf(path, "--time-column", "timestamp")).toEqual(ids);
    expect(await idsOf(path, "--batch-size", "3")).not.toContain(ids[0]);
    expect(await idsOf(write("labels.csv", labelsCsv(6)))).not.toContain(ids[0]);
  });

  it("reads gzipped CSV and Parquet alike, with the columns that were named", async () => {
    const ids = Array.from({ length: 7 }, (_, n) => `p-${n}`);
    const values = ids.map((_, n) => n / 2);
    const seen = Array.from(ids, (_, n) => new Date(Date.UTC(2026, 0, 1 + n)));
    const rows = ids.map((id, n) => `${id},${values[n]},${seen[n]?.toISOString()}`);
    const packed = write("truth.csv.gz", gzipSync(["key,amount,seen", ...rows].join("\n")));
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
      const { run, requests } = setUp();
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
    const path = write("labels.csv", "id,label\np-1,a\n,b\np-3,\np-4,b\n");
    let calls = 0;
    const { run, requests, lines } = setUp(() => {
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
    expect(lines).toContain("rejected 1: too_old: older than a year");
  });

  it("says which columns there are when it can't tell which to read", async () => {
    const path = write("labels.csv", "key,outcome\n1,2\n");
    const { run, lines } = setUp();
    expect(await run("labels", "import", path, "--model", "m")).toBe(2);
    expect(lines[0]).toContain("--id-column; there are: key, outcome");
    expect(await run("labels", "import", path, "--model", "m", "--id-column", "nope")).toBe(2);
    expect(await run("labels", "import", path)).toBe(2);
  });
});

describe("leeway replay", () => {
  const STREAM = [
    "row_id,timestamp,price,region,score,predicted_label,label,label_delay_s",
    "0,2026-01-01T00:00:00Z,1.5,north,0.2,0,1,86400",
    "1,2026-01-01T01:00:00Z,2.5,south,0.9,1,1,60",
    "2,2026-01-01T02:00:00Z,,north,0.4,0,0,",
    "3,2026-01-03T00:00:00Z,4,south,0.6,1,0,60",
  ];
  const MAPPING =
    "id=row_id,score=score,predicted_label=predicted_label,label=label,label_delay=label_delay_s,tags=region";

  it("streams predictions in order of time, with each label at its delay and none where the delay is blank", async () => {
    const path = write("stream.csv", [STREAM[0], STREAM[3], STREAM[1], STREAM[4], STREAM[2], ""].join("\n"));
    const { run, requests, lines } = setUp();
    expect(await run("replay", "--file", path, "--model", "m", "--version", "1", "--mapping", MAPPING)).toBe(
      0,
    );
    const predictions = requests.filter((request) => request.url.endsWith("/predictions")).flatMap(eventsOf);
    expect(predictions.map((event) => event["id"])).toEqual(["0", "1", "2", "3"]);
    expect(predictions[2]).toEqual({
      id: "2",
      timestamp: Date.UTC(2026, 0, 1, 2),
      model: "m",
      version: "1",
      environment: "production",
      features: { price: null },
      prediction: { score: 0.4, label: "0" },
      tags: { region: "north" },
    });
    expect(predictions[1]).toMatchObject({ features: { price: 2.5 } });
    const labels = requests.filter((request) => request.url.endsWith("/labels")).flatMap(eventsOf);
    expect(labels.map((event) => [event["prediction_id"], event["label"], event["timestamp"]])).toEqual([
      ["1", "1", Date.UTC(2026, 0, 1, 1, 1)],
      ["0", "1", Date.UTC(2026, 0, 2)],
      ["3", "0", Date.UTC(2026, 0, 3, 0, 1)],
    ]);
    expect(lines).toContain("the rows are not in order of time: sorting them in memory");
    expect(lines.at(-1)).toContain("4 predictions, 3 labels; accepted 4 and 3");
  });

  it("shifts all times so that the last row is at the asked end", async () => {
    const path = write("stream.csv", STREAM.join("\n"));
    const { run, requests } = setUp();
    const args = ["replay", "--file", path, "--model", "m", "--version", "1", "--mapping", MAPPING];
    expect(await run(...args, "--end", "2026-02-03T00:00:00Z", "--id-prefix", "again-")).toBe(0);
    const events = requests.flatMap(eventsOf);
    expect(events.find((event) => event["id"] === "again-3")?.["timestamp"]).toBe(Date.UTC(2026, 1, 3));
    expect(events.find((event) => event["prediction_id"] === "again-1")?.["timestamp"]).toBe(
      Date.UTC(2026, 1, 1, 1, 1),
    );
  });

  it("keeps to the asked speed", async () => {
    const path = write("stream.csv", STREAM.slice(0, 4).join("\n"));
    const { run } = setUp();
    const startedAt = performance.now();
    const mapping = "id=row_id,score=score,features=price";
    // Two hours of events at 36,000 event seconds a second: 200 ms.
    const speed = ["--speed", "36000"];
    expect(
      await run("replay", "--file", path, "--model", "m", "--version", "1", "--mapping", mapping, ...speed),
    ).toBe(0);
    expect(performance.now() - startedAt).toBeGreaterThan(195);
  });

  it("drops nothing when the file is faster than the server", async () => {
    const rows = Array.from({ length: 30_000 }, (_, n) => `${n},${1_767_225_600_000 + n},${n % 7}`);
    const path = write("long.csv", ["id,timestamp,p", ...rows].join("\n"));
    const { run, requests, lines } = setUp(async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      return acceptAll(request);
    });
    const mapping = "id=id,predicted_value=p";
    expect(await run("replay", "--file", path, "--model", "m", "--version", "1", "--mapping", mapping)).toBe(
      0,
    );
    expect(requests.flatMap(eventsOf)).toHaveLength(30_000);
    expect(lines.at(-1)).toContain("accepted 30,000");
  });

  it.each([
    ["score=nope", 'no column "nope"'],
    ["scores=score", '"scores" is not one of'],
    ["label=label", "what did the model say?"],
    ["score", "neither word=column pairs nor JSON"],
  ])("refuses the mapping %s with words that help", async (mapping, words) => {
    const path = write("stream.csv", STREAM.join("\n"));
    const { run, lines } = setUp();
    expect(await run("replay", "--file", path, "--model", "m", "--version", "1", "--mapping", mapping)).toBe(
      2,
    );
    expect(lines.join()).toContain(words);
  });
});

describe("leeway gate", () => {
  const ARGS = ["gate", "--model", "m", "--from", "2026-01-01T00:00:00Z", "--to", "1767312000000"];
  const alarm = { start: 1, end: 2, cause: "input_drift", features: ["a"], reason: "a moved by 0.5 σ" };

  it("passes when nothing would have raised an alarm, and fails with the reasons when something would", async () => {
    const quiet = setUp(() => answerOf(200, { windows: [{}, {}], alarms: [] }));
    expect(await quiet.run(...ARGS, "--version", "2", "--window", "1d")).toBe(0);
    expect(bodyOf(quiet.requests[0])).toEqual({
      model: "m",
      version: "2",
      from: "2026-01-01T00:00:00Z",
      to: 1_767_312_000_000,
      window: "1d",
      raise: false,
    });
    expect(quiet.lines).toEqual(["pass: 2 windows, 0 alarms"]);
    const loud = setUp(() => answerOf(200, { windows: [{}], alarms: [alarm] }));
    expect(await loud.run(...ARGS)).toBe(1);
    expect(loud.lines[1]).toBe("  1 input_drift: a moved by 0.5 σ");
  });

  it.each([
    [404, { code: "model_not_found" }],
    [200, { unexpected: true }],
  ])("never takes a missing verdict for a pass (HTTP %i)", async (status, body) => {
    const { run, lines } = setUp(() => answerOf(status, body));
    expect(await run(...ARGS)).toBe(3);
    expect(lines[0]).toContain(`no verdict: HTTP ${status}`);
  });

  it("asks for a key when there is none, and explains wrong arguments", async () => {
    const { run, lines } = setUp();
    expect(await run("gate", "--model", "m")).toBe(2);
    expect(await run("gate", "--unknown")).toBe(2);
    expect(lines.join("\n")).toContain("Unknown option '--unknown'");
    const noKey: string[] = [];
    const context = { env: {}, runtime: systemRuntime(), status: null, onInterrupt: () => undefined };
    const note = (line: string) => noKey.push(line);
    expect(await runCli(ARGS, { ...context, print: note, note })).toBe(2);
    expect(noKey[0]).toContain("LEEWAY_API_KEY");
  });
});

describe("leeway", () => {
  it("explains itself", async () => {
    const { run, lines } = setUp();
    expect(await run("help")).toBe(0);
    expect(await run("nonsense")).toBe(2);
    for (const word of ["labels import", "replay", "gate", "agent"]) expect(lines[0]).toContain(word);
  });

  it("runs the agent until it is interrupted, and reports that there is no GPU", async () => {
    const { run, requests, lines } = setUp();
    expect(await run("agent", "--model", "m", "--version", "1", "--replica", "gpu-host")).toBe(0);
    expect(lines[0]).toMatch(/^GPU (absent|present)/);
    expect(requests.flatMap(eventsOf)).toContainEqual(
      expect.objectContaining({ metric: "gpu_count", replica: "gpu-host", model: "m" }),
    );
  });
});
