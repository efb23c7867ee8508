import { expect, it } from "vitest";
import { parseInput } from "../../http/parse-input.ts";
import { monitorInputSchema } from "./monitor-input.ts";

it("takes a latency_slo monitor with its objective only: without one it would never be judged", () => {
  const input = { model: "m", kind: "latency_slo", window: "5m" };
  const objective = { threshold_ms: 200, target: 0.99, period: "28d" };
  expect(parseInput(monitorInputSchema, { ...input, objective }, "body")).toMatchObject({
    kind: "latency_slo",
  });
  expect(() => parseInput(monitorInputSchema, input, "body")).toThrow(/objective.*needs an objective/);
});
