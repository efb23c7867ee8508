import { type LabelArrivalCurve, learnArrivalCurve } from "@leeway/core/performance";
import type { ModelStore } from "../model-store/model-store.ts";

const DAY = 86_400_000;
// Two months tell of most models' labels; where they still come for the oldest of those predictions, a year does.
const REACHES = [60 * DAY, 360 * DAY] as const;
// Learning costs a join over two months of rows; within this real time no curve that was learned from so many predictions moves enough to matter.
const FRESH_MS = 30_000;
const ENOUGH_PREDICTIONS = 5_000;

/** createArrivalCurves returns the usual arrival of labels by model, learned anew every half minute at most; undefined where too little is known. */
export function createArrivalCurves(
  now: () => number,
): (store: ModelStore, model: string, asOf: number) => Promise<LabelArrivalCurve | undefined> {
  const learned = new Map<string, { at: number; curve: LabelArrivalCurve | undefined }>();
  return async (store, model, asOf) => {
    const known = learned.get(model);
    const at = now();
    const isSteady = (known?.curve?.predictions ?? 0) >= ENOUGH_PREDICTIONS;
    if (known !== undefined && isSteady && at - known.at < FRESH_MS) return known.curve;
    let curve: LabelArrivalCurve | undefined;
    for (const reach of REACHES) {
      const result = learnArrivalCurve(await store.labelCohorts(model, { from: asOf - reach, to: asOf }));
      curve = result.outcome === "ok" ? result.curve : undefined;
      if (curve?.settled === true) break;
    }
    learned.set(model, { at, curve });
    return curve;
  };
}
