import { expect, test } from "vitest";
import { createExampleStream, onColumn } from "./example-rows.ts";
import { previewMonitor } from "./preview-monitor.ts";

const stream = createExampleStream();
const broken = onColumn("age", () => 40);
const days = (count: number, isBroken: (day: number) => boolean) =>
  Array.from({ length: count }, (_, day) => stream.window(day, isBroken(day) ? broken : undefined));

test("a quiet history says that nothing would have fired", () => {
  const preview = previewMonitor({ ...stream, windows: days(20, () => false) });
  expect(preview.alarms).toEqual([]);
  expect(preview.budget_per_month).toBe(0.5);
  expect(preview.summary).toBe("Would not have fired in 20 windows, 2024-01-29 to 2024-02-18");
});

test("failing windows in a row are one alarm, with its length, cause and features", () => {
  const preview = previewMonitor({ ...stream, windows: days(20, (day) => day >= 5 && day < 8).reverse() });
  expect(preview.alarms).toHaveLength(1);
  expect(preview.alarms[0]).toMatchObject({ windows: 3, cause: "pipeline", features: ["age"] });
  expect(preview.longest_alarm_ms).toBe(3 * 86_400_000);
  expect(preview.summary).toContain("once in 20 windows");
  expect(preview.summary).toContain("failing 15 % of the time");
});

test("a fixed threshold set too low shows how noisy it would be, and promises nothing", () => {
  const monitor = { thresholds: { psi: 0.02 }, minimum_count: 1 };
  const preview = previewMonitor({ ...stream, windows: days(20, () => false), monitor });
  expect(preview.alarms.length).toBeGreaterThan(0);
  expect(preview.budget_per_month).toBe(0);
});

test("a hole in the data is counted neither way", () => {
  const windows = days(10, (day) => day === 4 || day === 6);
  windows[5] = { ...windows[5]!, rows: 0, count: 0, features: [] };
  const preview = previewMonitor({ ...stream, windows });
  expect(preview.judged).toBe(9);
  expect(preview.alarms).toHaveLength(1);
});

test("no history is said to be none", () => {
  expect(previewMonitor({ ...stream, windows: [] }).summary).toContain("no stored window");
});
