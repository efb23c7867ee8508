import { describe, expect, it } from "vitest";
import { systemRuntime } from "../config.ts";
import { createCliHarness } from "../testing/cli-harness.ts";
import { answerOf, bodyOf, eventsOf } from "../testing/fake-runtime.ts";
import { runCli } from "./run-cli.ts";

describe("leeway gate", () => {
  const ARGS = ["gate", "--model", "m", "--from", "2026-01-01T00:00:00Z", "--to", "1767312000000"];
  const alarm = { start: 1, end: 2, cause: "input_drift", features: ["a"], reason: "a moved by 0.5 σ" };

  it("passes when nothing would have raised an alarm, and fails with the reasons when something would", async () => {
    const quiet = createCliHarness(() => answerOf(200, { windows: [{}, {}], alarms: [] }));
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
    const loud = createCliHarness(() => answerOf(200, { windows: [{}], alarms: [alarm] }));
    expect(await loud.run(...ARGS)).toBe(1);
    expect(loud.lines[1]).toBe("  1 input_drift: a moved by 0.5 σ");
  });

  it.each([
    [404, { code: "model_not_found" }],
    [200, { unexpected: true }],
  ])("never takes a missing verdict for a pass (HTTP %i)", async (status, body) => {
    const { run, lines } = createCliHarness(() => answerOf(status, body));
    expect(await run(...ARGS)).toBe(3);
    expect(lines[0]).toContain(`no verdict: HTTP ${status}`);
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

  it("runs the agent until it is interrupted, and reports that there is no GPU", async () => {
    const { run, requests, lines } = createCliHarness();
    expect(await run("agent", "--model", "m", "--version", "1", "--replica", "gpu-host")).toBe(0);
    expect(lines[0]).toMatch(/^GPU (absent|present)/);
    expect(requests.flatMap(eventsOf)).toContainEqual(
      expect.objectContaining({ metric: "gpu_count", replica: "gpu-host", model: "m" }),
    );
  });
});
