import { HEALTH_STATES, healthRank } from "@leeway/core/health";
import type { ModelHealthReading } from "./model-health-reader.ts";

// Eight series each: a fleet of thousands is read from the API, not from the metrics of one process.
const MOST_MODELS = 250;

/**
 * renderModelHealth returns the health of models as Prometheus text: per model and environment one series for each state, 1 for the state it is in and 0
 * for the others. At most 250 models and environments are written, the worst first; the rest is counted. O(models log models).
 */
export function renderModelHealth(reading: ModelHealthReading): string[] {
  const known = [
    "# HELP leeway_model_health_known 1 where the health of models could be read from the store, else 0",
    "# TYPE leeway_model_health_known gauge",
    `leeway_model_health_known ${reading.outcome === "read" ? 1 : 0}`,
  ];
  if (reading.outcome === "unknown") return known;
  const models = [...reading.models].sort((a, b) => healthRank(a.state) - healthRank(b.state));
  const shown = models.slice(0, MOST_MODELS);
  return [
    ...known,
    "# HELP leeway_model_health Health of a model in an environment: 1 for the state it is in, 0 for the others",
    "# TYPE leeway_model_health gauge",
    ...shown.flatMap(({ model, environment, state }) =>
      HEALTH_STATES.map(
        (one) =>
          `leeway_model_health{model=${JSON.stringify(model)},environment="${environment}",state="${one}"} ${one === state ? 1 : 0}`,
      ),
    ),
    "# HELP leeway_model_health_left_out Models and environments that are not written because there are too many",
    "# TYPE leeway_model_health_left_out gauge",
    `leeway_model_health_left_out ${models.length - shown.length}`,
  ];
}
