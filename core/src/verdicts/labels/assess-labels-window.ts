import { z } from "zod";
import { labelTroubleSchema } from "../../evaluation/index.ts";
import {
  describeLabelTrouble,
  isPlainTrouble,
  type LabelTrouble,
  type Maturity,
} from "../../performance/index.ts";
import { labelRunSchema } from "../performance/performance-state.ts";
import type { Verdict } from "../verdict.ts";

/** labelsStateSchema is what one window's labels verdict hands to the next. */
export const labelsStateSchema = z.object({
  alarm: z.boolean(),
  streak: z.number().int(),
  /** Since when, and for how many windows in a row, labels have come that are wrong themselves. */
  wrong: labelRunSchema.optional(),
});

export type LabelsState = z.infer<typeof labelsStateSchema>;

/** labelsWindowSchema is the detail of a labels verdict. */
export const labelsWindowSchema = z.object({
  start: z.number(),
  end: z.number(),
  predictions: z.number(),
  labelled: z.number(),
  label_coverage: z.number(),
  expected_coverage: z.number().nullable(),
  /** What is wrong with the labels that came, if something is. */
  label_trouble: labelTroubleSchema.optional(),
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
 * (at once where none came at all), and whether those that came are wrong themselves (`trouble`). A model that never had labels is `insufficient_data`, not an alarm. O(1).
 */
export function assessLabelsWindow(input: {
  window: { start: number; end: number; predictions: number; labelled: number };
  maturity: Maturity;
  trouble?: LabelTrouble | undefined;
  /** Whether the labels that came could be compared with those of a reference. */
  isCompared: boolean;
  previousState?: LabelsState | undefined;
}): LabelsVerdict {
  const { window, maturity, trouble, previousState: previous = { alarm: false, streak: 0 } } = input;
  const finish = (
    outcome: LabelsVerdict["outcome"],
    reason: string,
    state: LabelsState,
    confidence = 0.9,
  ): LabelsVerdict => ({
    outcome,
    reason,
    state,
    blamed: [],
    ...(outcome === "alarm" || outcome === "drifting" ? { cause: "labels", confidence } : {}),
    detail: {
      start: window.start,
      end: window.end,
      predictions: window.predictions,
      labelled: window.labelled,
      label_coverage: maturity.coverage,
      expected_coverage: maturity.expectedCoverage,
      ...(trouble === undefined ? {} : { label_trouble: trouble }),
      outcome,
      reason,
    },
  });
  if (window.predictions === 0) return finish("no_data", "No predictions in this window", previous);
  if (trouble !== undefined && trouble.trouble !== "unsettled") {
    const since = previous.wrong?.since ?? window.start;
    const windows = (previous.wrong?.windows ?? 0) + 1;
    const isAlarm = isPlainTrouble(trouble) || windows >= CONSECUTIVE_WINDOWS;
    const reason = describeLabelTrouble(trouble, { since, labels: window.labelled });
    const state = { alarm: isAlarm, streak: 0, wrong: { since, windows } };
    return finish(isAlarm ? "alarm" : "drifting", reason, state, trouble.confidence);
  }
  // Only what was looked at is as usual.
  const notCompared = input.isCompared
    ? ""
    : ". What they say was not compared: no labelled reference can be used";
  switch (maturity.state) {
    case "unknown":
      return finish("insufficient_data", `Not judged: ${maturity.reason}`, previous);
    case "waiting":
      return finish("immature", `Not judged yet: ${maturity.reason}`, previous);
    case "mature":
      return finish("ok", `Labels come as usual: ${maturity.reason}${notCompared}`, {
        alarm: false,
        streak: 0,
      });
    case "labels_missing": {
      const expected = (maturity.expectedCoverage ?? 1) * window.predictions;
      if (expected < SMALLEST_EXPECTED_LABELS) {
        return finish("insufficient_data", `Too few predictions to tell: ${maturity.reason}`, previous);
      }
      const streak = previous.streak + 1;
      const isAlarm = previous.alarm || streak >= CONSECUTIVE_WINDOWS || window.labelled === 0;
      const reason = `Labels are missing: ${maturity.reason}`;
      return finish(isAlarm ? "alarm" : "drifting", reason, { alarm: isAlarm, streak });
    }
    default:
      return maturity.state satisfies never;
  }
}
