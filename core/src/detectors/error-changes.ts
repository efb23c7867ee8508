import { z } from "zod";
import { averageOf, valueOr } from "../statistics/index.ts";
import { adwin } from "./adwin.ts";
import { ddm } from "./ddm.ts";
import type { Detector } from "./detector.ts";
import { pageHinkley } from "./page-hinkley.ts";

/** errorChangeSchema is one change of a model's errors that a stream detector found: by which, when (event time), and whether errors rose or fell. */
export const errorChangeSchema = z.object({
  detector: z.enum(["adwin", "ddm", "page_hinkley"]),
  at: z.number(),
  direction: z.enum(["up", "down"]),
});

export type ErrorChange = z.infer<typeof errorChangeSchema>;

/** ErrorStream is a model's errors in order of event time: 0 or 1 of a classifier, absolute errors of a regressor. */
export interface ErrorStream {
  input: Detector<unknown, unknown>["input"];
  errors: readonly { at: number; error: number }[];
}

// Page–Hinkley's threshold is in the unit of the values: absolute errors are counted in units of their mean over so many first rows.
const FIRST_ROWS = 200;

/**
 * errorChanges returns where sequential detectors see the errors of a stream change, in order of time: ADWIN and Page–Hinkley on any errors, DDM on
 * those of classifiers, each with river's parameters. They look at rows and know of no windows, seasons or budget: they are shown and raise no alarm.
 * O(n log n).
 *
 * @example errorChanges({ input: "bits", errors }) // [{ detector: "ddm", at: 1717459200000, direction: "up" }]
 */
export function errorChanges({ input, errors }: ErrorStream): ErrorChange[] {
  const scale = input === "bits" ? 1 : meanOfFirst(errors);
  if (!(scale > 0)) return [];
  const run = <State>(detector: Detector<never, State>, name: ErrorChange["detector"]): ErrorChange[] => {
    let state = detector.create();
    return errors.flatMap(({ at, error }) => {
      const step = detector.step(state, error / scale);
      state = step.state;
      if (step.outcome.outcome !== "ok" || step.outcome.signal !== "drift") return [];
      return [{ detector: name, at, direction: step.outcome.direction ?? "up" }];
    });
  };
  const found = [
    ...run(adwin, "adwin"),
    ...run(pageHinkley, "page_hinkley"),
    ...(input === "bits" ? run(ddm, "ddm") : []),
  ];
  return found.sort((a, b) => a.at - b.at);
}

function meanOfFirst(errors: ErrorStream["errors"]): number {
  return valueOr(averageOf(errors.slice(0, FIRST_ROWS).map(({ error }) => error)), 0);
}
