import { HEALTH_STATES, healthRank } from "@leeway/core/health";
import type { EnvironmentHealth } from "@leeway/store";
import { Gauge, type Registry } from "prom-client";
import type { HealthReading } from "./health-reader.ts";

// Eight series each: a fleet of thousands is read from the API, not from the metrics of one process.
const MOST_MODELS = 250;

/**
 * registerModelHealth adds the health of models to a registry: per model and environment one series for each state, 1 for the state it is in and 0 for
 * the others. At most 250 models and environments are written, the worst first; the rest is counted. O(models log models).
 */
export function registerModelHealth(
  registry: Registry,
  read: () => Promise<HealthReading<EnvironmentHealth>>,
): void {
  const registers = [registry];
  new Gauge({
    name: "leeway_model_health_known",
    help: "1 where the health of models could be read from the store, else 0",
    registers,
    async collect() {
      this.set((await read()).outcome === "read" ? 1 : 0);
    },
  });
  new Gauge({
    name: "leeway_model_health",
    help: "Health of a model in an environment: 1 for the state it is in, 0 for the others",
    labelNames: ["model", "environment", "state"],
    registers,
    async collect() {
      const shown = shownOf(await read());
      this.reset();
      for (const { model, environment, state } of shown)
        for (const one of HEALTH_STATES) this.set({ model, environment, state: one }, one === state ? 1 : 0);
    },
  });
  new Gauge({
    name: "leeway_model_health_left_out",
    help: "Models and environments that are not written because there are too many",
    registers,
    async collect() {
      const reading = await read();
      // A number that is not known is left out: 0 would say that every model is there.
      if (reading.outcome === "unknown") this.remove();
      else this.set(reading.subjects.length - shownOf(reading).length);
    },
  });
}

function shownOf(reading: HealthReading<EnvironmentHealth>) {
  if (reading.outcome === "unknown") return [];
  return [...reading.subjects]
    .sort((a, b) => healthRank(a.state) - healthRank(b.state))
    .slice(0, MOST_MODELS);
}
