import { expect, it } from "vitest";
import { createCliHarness } from "../testing/cli-harness.ts";

const monitors = [
  { id: "a", model: "fraud", kind: "drift", enabled: true, notifies: { state: "notifying", alarms: 0 } },
  {
    ...{ id: "b", model: "fraud", kind: "performance", enabled: true },
    notifies: { state: "burning_in", until: Date.UTC(2026, 0, 5), alarms: 3 },
  },
  { id: "c", model: "fraud", kind: "volume", enabled: false, notifies: { state: "notifying", alarms: 0 } },
];

it("says of each monitor whether it notifies people", async () => {
  const harness = createCliHarness(undefined, async () => Response.json({ monitors }));
  expect(await harness.run("monitors", "--model", "fraud")).toBe(0);
  expect(harness.lines).toEqual([
    "a (fraud, drift): notifies",
    "b (fraud, performance): burns in until 2026-01-05T00:00:00.000Z, or once promoted; 3 alarms kept back",
    "c (fraud, volume): off",
  ]);
});

it("ends a burn-in, and says why it cannot", async () => {
  const asked: string[] = [];
  const harness = createCliHarness(undefined, async (url, init) => {
    asked.push(`${init?.method} ${String(url)}`);
    return asked.length === 1 ? Response.json({}) : Response.json({ detail: "it does" }, { status: 409 });
  });
  expect(await harness.run("monitors", "promote", "b")).toBe(0);
  expect(asked).toEqual(["POST http://127.0.0.1:4700/v1/monitors/b/promote"]);
  expect(await harness.run("monitors", "promote", "b")).toBe(2);
  expect(harness.lines.at(-1)).toBe("HTTP 409: it does");
  expect(await harness.run("monitors", "promote")).toBe(2);
});
