import { expect, it } from "vitest";
import type { Model, Monitor } from "../../records/index.ts";
import { withFamilyShare } from "./with-family-share.ts";

const model: Model = { model: "fraud", task: "binary", configured: true, created_at: 0 };
const monitor = (kind: Monitor["kind"], more: Partial<Monitor> = {}): Monitor => ({
  id: "one",
  model: "fraud",
  kind,
  environment: "production",
  window: 86_400_000,
  minimum_count: 30,
  enabled: true,
  automatic: false,
  created_at: 0,
  ...more,
});

it("leaves the budget of a kind to its only monitor", () => {
  const all = [monitor("performance"), monitor("drift")];
  expect(withFamilyShare(model, all[0]!, all)).toBe(model);
});

it("divides it when segments are watched beside all traffic", () => {
  const all = [
    monitor("performance"),
    monitor("performance", { segment: { region: "eu" } }),
    monitor("performance", { segment: { region: "us" } }),
    monitor("volume"),
  ];
  const generous = { ...model, false_alarms_per_month: 6 };
  expect(withFamilyShare(generous, all[1]!, all).false_alarms_per_month).toBe(2);
  expect(withFamilyShare(model, all[0]!, all).false_alarms_per_month).toBeCloseTo(1 / 3);
});

it("gives no share to a monitor with fixed thresholds", () => {
  const fixed = monitor("performance", { thresholds: { metric: "accuracy", minimum: 0.9 } });
  const all = [monitor("performance"), fixed];
  expect(withFamilyShare(model, all[0]!, all)).toBe(model);
  expect(withFamilyShare(model, fixed, all)).toBe(model);
});
