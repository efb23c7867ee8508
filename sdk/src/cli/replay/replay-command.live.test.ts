import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCliHarness, writeIn } from "../../testing/cli-harness.ts";
import { acceptAll, eventsOf } from "../../testing/fake-runtime.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(`${tmpdir()}/leeway-cli-`);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

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
    const path = writeIn(
      dir,
      "stream.csv",
      [STREAM[0], STREAM[3], STREAM[1], STREAM[4], STREAM[2], ""].join("\n"),
    );
    const { run, requests, lines } = createCliHarness();
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
    const path = writeIn(dir, "stream.csv", STREAM.join("\n"));
    const { run, requests } = createCliHarness();
    const args = ["replay", "--file", path, "--model", "m", "--version", "1", "--mapping", MAPPING];
    expect(await run(...args, "--end", "2026-02-03T00:00:00Z", "--id-prefix", "again-")).toBe(0);
    const events = requests.flatMap(eventsOf);
    expect(events.find((event) => event["id"] === "again-3")?.["timestamp"]).toBe(Date.UTC(2026, 1, 3));
    expect(events.find((event) => event["prediction_id"] === "again-1")?.["timestamp"]).toBe(
      Date.UTC(2026, 1, 1, 1, 1),
    );
  });

  it("keeps to the asked speed", async () => {
    const path = writeIn(dir, "stream.csv", STREAM.slice(0, 4).join("\n"));
    const { run } = createCliHarness();
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
    const path = writeIn(dir, "long.csv", ["id,timestamp,p", ...rows].join("\n"));
    const { run, requests, lines } = createCliHarness(async (request) => {
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
    const path = writeIn(dir, "stream.csv", STREAM.join("\n"));
    const { run, lines } = createCliHarness();
    expect(await run("replay", "--file", path, "--model", "m", "--version", "1", "--mapping", mapping)).toBe(
      2,
    );
    expect(lines.join()).toContain(words);
  });
});
