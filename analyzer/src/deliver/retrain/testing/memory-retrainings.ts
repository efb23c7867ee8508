import type { Incident, Retraining } from "@leeway/core/records";
import type { RetrainingRecords } from "../../retraining-records.ts";

/** memoryRetrainings returns records of runs that live in a map, for tests. */
export function memoryRetrainings(
  runs: readonly Retraining[] = [],
  incidents: readonly Incident[] = [],
): RetrainingRecords & { runs: Map<string, Retraining> } {
  const kept = new Map(runs.map((run) => [run.id, run]));
  return {
    runs: kept,
    get: async (id) => kept.get(id),
    ofModel: async (model) => [...kept.values()].filter((run) => run.model === model),
    incidentsOf: async (model) => incidents.filter((incident) => incident.model === model),
    put: async (run) => void kept.set(run.id, run),
  };
}
