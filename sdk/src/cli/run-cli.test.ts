import { describe, expect, it } from "vitest";
import { systemRuntime } from "../config.ts";
import { createCliHarness } from "../testing/cli-harness.ts";
import { answerOf, bodyOf } from "../testing/fake-runtime.ts";
import { runCli } from "./run-cli.ts";

describe("leeway gate", () => {
  const ARGS = ["gate", "--model", "m", "--from", "2026-01-01T00:00:00Z", "--to", "1767312000000"];
  const alarm = { start: 1, end: 2, cause: "input_drift", features: ["a"], reason: "a moved by 0.5 σ" };

  const judged = { verdict: "pass", reason: "2 of 2 windows were judged", judged: 2, not_judged: [] };

  it("passes when every window was judged and none would have raised an alarm", async () => {
    const quiet = createCliHarness(() => answerOf(200, { windows: 2, alarms: [], ...judged }));
    expect(await quiet.run(...ARGS, "--version", "2", "--window", "1d")).toBe(0);
    expect(bodyOf(quiet.requests[0])).toEqual({
      model: "m",
      version: "2",
      from: "2026-01-01T00:00:00Z",
      to: 1_767_312_000_000,
      window: "1d",
      raise: false,
    });
    expect(quiet.lines).toEqual(["pass: 2 windows, 0 alarms. 2 of 2 windows were judged"]);
  });

  it("fails with the reasons when something would have raised one", async () => {
    const answer = { ...judged, windows: 1, alarms: [alarm], verdict: "alarm" };
    const loud = createCliHarness(() => answerOf(200, answer));
    expect(await loud.run(...ARGS)).toBe(1);
    expect(loud.lines[1]).toBe("  1 input_drift: a moved by 0.5 σ");
  });

  const missed = {
    kind: "drift",
    outcome: "insufficient_data",
    windows: 1,
    reason: "3 rows, 100 are needed",
  };
  const notJudged = {
    windows: 2,
    alarms: [],
    verdict: "not_judged",
    reason: "1 of 2 windows were judged. drift: 3 rows, 100 are needed",
    judged: 1,
    not_judged: [missed],
  };

  it("is no pass where windows could not be judged, and says which monitor could not and why", async () => {
    const { run, lines } = createCliHarness(() => answerOf(200, notJudged));
    expect(await run(...ARGS)).toBe(4);
    expect(lines).toEqual([
      "NOT JUDGED: 2 windows, 0 alarms. 1 of 2 windows were judged. drift: 3 rows, 100 are needed",
      "  not judged by drift: 1 window, insufficient_data: 3 rows, 100 are needed",
    ]);
  });

  it("says so beside --json too, which prints the answer as it came", async () => {
    const { run, lines } = createCliHarness(() => answerOf(200, notJudged));
    expect(await run(...ARGS, "--json")).toBe(4);
    expect(JSON.parse(lines[0]!)).toEqual(notJudged);
    expect(lines[1]).toBe(`not judged: ${notJudged.reason}`);
  });

  it.each([
    [
      "a model that was never seen",
      404,
      { code: "not_found", detail: "no prediction of m" },
      4,
      "no prediction of m",
    ],
    [
      "a range that ends before it begins",
      400,
      { code: "invalid_request", detail: "to: must be after from" },
      2,
      "must be after from",
    ],
    ["an address that is no Leeway", 404, "<html>", 3, "no verdict: HTTP 404"],
    ["a key that may not", 403, { code: "forbidden" }, 3, "no verdict: HTTP 403"],
    ["an answer of another kind", 200, { unexpected: true }, 3, "no verdict: HTTP 200"],
    ["an answer that does not say what was judged", 200, { windows: 3, alarms: [] }, 4, "does not say"],
  ])("never takes a missing verdict for a pass: %s", async (_what, status, body, code, says) => {
    const { run, lines } = createCliHarness(() => answerOf(status, body as object));
    expect(await run(...ARGS)).toBe(code);
    expect(lines[0]).toContain(says);
  });

  it("asks for a key when there is none, and explains wrong arguments", async () => {
    const { run, lines } = createCliHarness();
    expect(await run("gate", "--model", "m")).toBe(2);
    expect(await run("gate", "--unknown")).toBe(2);
    expect(lines.join("\n")).toContain("Unknown option '--unknown'");
    const noKey: string[] = [];
    const context = { env: {}, fetch, runtime: systemRuntime(), status: null, onInterrupt: () => undefined };
    const note = (line: string) => noKey.push(line);
    expect(await runCli(ARGS, { ...context, print: note, note })).toBe(2);
    expect(noKey[0]).toContain("LEEWAY_API_KEY");
  });
});

describe("leeway", () => {
  it("explains itself", async () => {
    const { run, lines } = createCliHarness();
    expect(await run("help")).toBe(0);
    expect(await run("nonsense")).toBe(2);
    for (const word of ["labels import", "replay", "gate", "agent"]) expect(lines[0]).toContain(word);
  });
});
