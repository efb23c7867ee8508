import { parseInput } from "@leeway/core/input";
import { expect, it } from "vitest";
import { monitorInputSchema } from "./monitor-input.ts";

it("takes a latency_slo monitor with its objective only: without one it would never be judged", () => {
  const input = { model: "m", kind: "latency_slo", window: "5m" };
  const objective = { threshold_ms: 200, target: 0.99, period: "28d" };
  expect(parseInput(monitorInputSchema, { ...input, objective }, "body")).toMatchObject({
    kind: "latency_slo",
  });
  expect(() => parseInput(monitorInputSchema, input, "body")).toThrow(/objective.*needs an objective/);
});

it("refuses an objective whose period no burn-rate rule fits into, since it could never alert", () => {
  const input = (period: string) => ({
    model: "m",
    kind: "latency_slo",
    window: "5m",
    objective: { threshold_ms: 100, target: 0.99, period },
  });
  const refused = monitorInputSchema.safeParse(input("30m"));
  expect(refused.error?.issues[0]?.message).toContain("no burn-rate rule fits into a period of 30m");
  expect(monitorInputSchema.safeParse(input("1d")).success).toBe(true);
});

it("names the field of an objective whose target is no share", () => {
  const objective = { threshold_ms: 100, target: 99, period: "28d" };
  const input = { model: "m", kind: "latency_slo", window: "5m", objective };
  const refused = monitorInputSchema.safeParse(input);
  expect(refused.error?.issues.map(({ path }) => path.join("."))).toEqual(["objective.target"]);
});
