/** ServingCost is what serving cost over a range, or why that is not known. */
export type ServingCost =
  | {
      outcome: "ok";
      gpu_hours: number;
      cost: number;
      predictions: number;
      cost_per_1000_predictions: number | null;
    }
  | { outcome: "not_defined"; reason: string };

const HOUR_MS = 3_600_000;

/** servingCost returns the cost of a version's GPUs over a range: GPU samples seen per step, times the step, times the price of a GPU hour. */
export function servingCost(facts: {
  gpuHourCost: number | undefined;
  /** Per step of the range, how many distinct GPUs reported. */
  gpusPerStep: readonly number[];
  stepMs: number;
  predictions: number;
}): ServingCost {
  if (facts.gpuHourCost === undefined) {
    return { outcome: "not_defined", reason: "the version has no gpu_hour_cost" };
  }
  if (facts.gpusPerStep.length === 0)
    return { outcome: "not_defined", reason: "no GPU reported in this range" };
  const gpuHours = (facts.gpusPerStep.reduce((sum, gpus) => sum + gpus, 0) * facts.stepMs) / HOUR_MS;
  const cost = gpuHours * facts.gpuHourCost;
  return {
    outcome: "ok",
    gpu_hours: gpuHours,
    cost,
    predictions: facts.predictions,
    cost_per_1000_predictions: facts.predictions > 0 ? (cost / facts.predictions) * 1_000 : null,
  };
}
