import { z } from "zod";
import type { Maturity } from "../../performance/index.ts";
import { formatShare } from "../../words/index.ts";
import type { Verdict } from "../verdict.ts";

/** labelsStateSchema is what one window's labels verdict hands to the next. */
export const labelsStateSchema = z.object({ alarm: z.boolean(), streak: z.number().int() });

export type LabelsState = z.infer<typeof labelsStateSchema>;

/** labelsWindowSchema is the detail of a labels verdict. */
export const labelsWindowSchema = z.object({
  start: z.number(),
  end: z.number(),
  predictions: z.number(),
  labelled: z.number(),
  label_coverage: z.number(),
  expected_coverage: z.number().nullable(),
  outcome: z.string(),
  reason: z.string(),
});

export type LabelsWindow = z.infer<typeof labelsWindowSchema>;
export type LabelsVerdict = Verdict<LabelsWindow, LabelsState>;

const SMALLEST_EXPECTED_LABELS = 20;
// Labels often come in lumps (a nightly job): one late lump is not an outage.
const CONSECUTIVE_WINDOWS = 2;

/**
 * assessLabelsWindow decides whether labels have stopped coming: coverage below half of what is usual at the window's age, for two windows in a row
 * (at once where none came at all). A model that never had labels is `insufficient_data`, not an alarm. O(1).
 */
export function assessLabelsWindow(input: {
  window: { start: number; end: number; predictions: number; labelled: number };
  maturity: Maturity;
  previousState?: LabelsState | undefined;
}): LabelsVerdict {
  const { window, maturity, previousState: previous = { alarm: false, streak: 0 } } = input;
  const finish = (outcome: LabelsVerdict["outcome"], reason: string, state: LabelsState): LabelsVerdict => ({
    outcome,
    reason,
    state,
    blamed: [],
    ...(outcome === "alarm" || outcome === "drifting" ? { cause: "labels", confidence: 0.9 } : {}),
    detail: {
      start: window.start,
      end: window.end,
      predictions: window.predictions,
      labelled: window.labelled,
      label_coverage: maturity.coverage,
      expected_coverage: maturity.expectedCoverage,
      outcome,
      reason,
    },
  });
  if (window.predictions === 0) return finish("no_data", "No predictions in this window", previous);
  switch (maturity.state) {
    case "unknown":
      return finish("insufficient_data", `Not judged: ${maturity.reason}`, previous);
    case "waiting":
      return finish("immature", `Not judged yet: ${maturity.reason}`, previous);
    case "mature":
      return finish("ok", `Labels come as usual: ${maturity.reason}`, { alarm: false, streak: 0 });
    case "labels_missing": {
      const expected = (maturity.expectedCoverage ?? 1) * window.predictions;
      if (expected < SMALLEST_EXPECTED_LABELS) {
        return finish("insufficient_data", `Too few predictions to tell: ${maturity.reason}`, previous);
      }
      const streak = previous.streak + 1;
      const isAlarm = previous.alarm || streak >= CONSECUTIVE_WINDOWS || window.labelled === 0;
      const share = formatShare(maturity.coverage);
      const reason = `Labels are missing, ${share} of this window has one: ${maturity.reason}`;
      return finish(isAlarm ? "alarm" : "drifting", reason, { alarm: isAlarm, streak });
    }
    default:
      return maturity.state satisfies never;
  }
}
