import {
  findNonsense,
  type Nonsense,
  type PerformanceAggregate,
  type SeenClass,
} from "@leeway/core/performance";
import type { Model } from "@leeway/core/records";

/** createNonsenseFinder returns what says why a window cannot be judged: its reference makes no sense or, where there is none, the window itself. */
export function createNonsenseFinder(
  model: Model,
  classes: readonly SeenClass[],
  reference: PerformanceAggregate | undefined,
): (window: PerformanceAggregate) => Nonsense | undefined {
  if (reference === undefined) return (window) => findNonsense({ model, classes, window });
  const ofReference = findNonsense({ model, classes, reference });
  return () => ofReference;
}
