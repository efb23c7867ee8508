import { monitorInputSchema, monitorOf } from "@leeway/core/monitors";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { fieldsOfMonitor, monitorWish, monitorYaml } from "./monitor-wish.ts";

const SLO = monitorOf(
  monitorInputSchema.parse({
    model: "fraud",
    kind: "latency_slo",
    window: "5m",
    segment: { region: "eu" },
    objective: { threshold_ms: 200, target: 0.999, period: "28d" },
    hold_firing: { windows: 2 },
    channels: ["ops"],
  }),
  "m1",
  { former: undefined, now: 0 },
);
const DRIFT = monitorOf(
  monitorInputSchema.parse({
    ...{ model: "fraud", kind: "drift", window: "1h", features: ["amount", "no"], version: "7" },
    thresholds: { psi: 0.2, text_shift: 0.5 },
  }),
  "m2",
  { former: undefined, now: 0 },
);

const COMMAS = {
  ...DRIFT,
  segment: { "a=b": "Paris, FR", share: "50%2C" },
  features: ["price, net", "50%", "x%2Cy"],
};

it.each([SLO, DRIFT, COMMAS])("the form of a stored monitor asks for the very same monitor", (monitor) => {
  const wish = monitorWish(fieldsOfMonitor(monitor), monitor);
  expect(monitorOf(monitorInputSchema.parse(wish), monitor.id, { former: monitor, now: 9 })).toEqual(monitor);
});

it.each([SLO, DRIFT])("its YAML declares what the form asks for", (monitor) => {
  const wish = monitorWish(fieldsOfMonitor(monitor), monitor);
  expect(parse(monitorYaml(monitor.id, wish))).toEqual({ monitors: { [monitor.id]: wish } });
});

it("what another kind would need is left out", () => {
  const fields = { ...fieldsOfMonitor(SLO), kind: "volume", psi: "0.2" };
  const wish = monitorWish(fields);
  expect(wish).not.toHaveProperty("objective");
  expect(wish).not.toHaveProperty("thresholds");
});

it.each<[string, object, string]>([
  ["no number", { psi: "much" }, "thresholds.psi"],
  ["a number with a comma", { minimum_count: "1,000" }, "minimum_count"],
  ["no segment", { segment: "Paris" }, "segment"],
])("a text that is %s reaches the server, which names the field", (_what, changed, path) => {
  const wish = monitorWish({ ...fieldsOfMonitor(DRIFT), ...changed });
  const parsed = monitorInputSchema.safeParse(wish);
  expect(parsed.error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
});
