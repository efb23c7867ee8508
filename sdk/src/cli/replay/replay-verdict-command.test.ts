import { describe, expect, it } from "vitest";
import { createCliHarness } from "../../testing/cli-harness.ts";
import { answerOf, bodyOf } from "../../testing/fake-runtime.ts";

const ARGS = ["replay", "--verdict", "drift 1", "--start", "2026-01-01T00:00:00Z", "--version", "2"];
const stored = { outcome: "alarm", reason: "distance looks multiplied by 1.609" };

describe("leeway replay --verdict", () => {
  it.each([
    [true, 0],
    [false, 1],
    [null, 4],
  ])("says whether the stored numbers give the stored verdict (%s)", async (same, code) => {
    const cli = createCliHarness(() =>
      answerOf(200, { same, stored, replayed: null, reason: "The sentence" }),
    );
    expect(await cli.run(...ARGS, "--segment", "region=eu,tier=a%2Cb")).toBe(code);
    expect(cli.requests[0]?.url).toMatch(/\/v1\/monitors\/drift%201\/replay$/);
    expect(bodyOf(cli.requests[0])).toEqual({
      start: "2026-01-01T00:00:00Z",
      version: "2",
      segment: { region: "eu", tier: "a,b" },
    });
    expect(cli.lines).toEqual(["The sentence", "  stored: distance looks multiplied by 1.609"]);
  });

  it.each([
    [404, { detail: "monitor x has no verdict on a window that starts then" }, 4],
    [400, { detail: "version: choose one of 1, 2" }, 2],
    [403, { detail: "The key may not read" }, 3],
  ])("a refusal of %i has its exit code", async (status, answer, code) => {
    const cli = createCliHarness(() => answerOf(status, answer));
    expect(await cli.run(...ARGS)).toBe(code);
    expect(cli.lines.join()).toContain(answer.detail);
  });

  it("wants a monitor and a start", async () => {
    const cli = createCliHarness(() => answerOf(200, {}));
    expect(await cli.run("replay", "--verdict", "drift")).toBe(2);
    expect(cli.requests).toEqual([]);
  });
});
