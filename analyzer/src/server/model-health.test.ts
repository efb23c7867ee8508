import { HEALTH_STATES, type HealthState } from "@leeway/core/health";
import type { EnvironmentHealth } from "@leeway/store";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { createHealthReader, type HealthReading } from "./health-reader.ts";
import { registerModelHealth } from "./model-health-metrics.ts";

const health = (model: string, environment: string, state: HealthState): EnvironmentHealth => ({
  ...{ model, environment, state, since: null, sentence: "", incident_id: null, findings: [] },
});

async function linesOf(reading: HealthReading<EnvironmentHealth>): Promise<string[]> {
  const registry = new Registry();
  registerModelHealth(registry, async () => reading);
  return (await registry.metrics()).split("\n");
}

describe("registerModelHealth", () => {
  it.each(HEALTH_STATES)("writes %s as the one state of a model in an environment", async (state) => {
    const lines = await linesOf({ outcome: "read", subjects: [health('a "b"\\c', "shadow", state)] });
    const series = lines.filter((line) => line.startsWith("leeway_model_health{"));
    expect(series).toHaveLength(HEALTH_STATES.length);
    expect(series.filter((line) => line.endsWith(" 1"))).toEqual([
      `leeway_model_health{model="a \\"b\\"\\\\c",environment="shadow",state="${state}"} 1`,
    ]);
  });

  it("writes the worst 250 of many models and counts the others", async () => {
    const models = Array.from({ length: 300 }, (_, i) =>
      health(`m${i}`, "production", i === 299 ? "incident" : "healthy"),
    );
    const lines = await linesOf({ outcome: "read", subjects: models });
    expect(lines).toContain("leeway_model_health_left_out 50");
    expect(lines).toContain('leeway_model_health{model="m299",environment="production",state="incident"} 1');
    expect(lines.filter((line) => line.startsWith("leeway_model_health{"))).toHaveLength(
      250 * HEALTH_STATES.length,
    );
  });

  it("says that nothing is known while the store does not answer, and calls no model healthy", async () => {
    const text = (await linesOf({ outcome: "unknown", reason: "away" })).join("\n");
    expect(text).toContain("leeway_model_health_known 0");
    expect(text).not.toContain("leeway_model_health{");
    expect(text).not.toMatch(/^leeway_model_health_left_out /m);
  });
});

describe("createHealthReader", () => {
  it("asks the store once in 30 seconds, however many scrape", async () => {
    let [now, reads] = [0, 0];
    const read = createHealthReader({
      now: () => now,
      read: async () => {
        reads += 1;
        return [health("m", "production", "healthy")];
      },
    });
    await Promise.all([read(), read(), read()]);
    now = 29_999;
    expect(await read()).toMatchObject({ outcome: "read" });
    expect(reads).toBe(1);
    now = 30_000;
    await read();
    expect(reads).toBe(2);
  });

  it("answers that the health is unknown where the store fails or does not answer in time", async () => {
    const failing = createHealthReader({
      now: () => 0,
      read: () => Promise.reject(new Error("connection refused")),
    });
    expect(await failing()).toEqual({ outcome: "unknown", reason: "Error: connection refused" });
    const hanging = createHealthReader({
      now: () => 0,
      read: () => new Promise<never>(() => undefined),
      patienceMs: 1,
    });
    expect(await hanging()).toMatchObject({ outcome: "unknown" });
  });
});
