import {
  driftWindowSchema,
  type Evaluation,
  type FeatureDrift,
  type NotEvaluated,
} from "../../evaluation/index.ts";
import { outputName } from "../../profile/index.ts";
import type { BlamedFeature, Cause } from "../../records/index.ts";

/** PreviewedWindow is what a preview keeps of a verdict: little, because it may be of thousands. */
export interface PreviewedWindow {
  start: number;
  end: number;
  outcome: Evaluation["outcome"];
  cause: Cause | undefined;
  reason: string;
  /** To blame, worst first. */
  features: string[];
  /** What was watched and could not be judged in it. */
  unjudged: Omit<NotEvaluated, "windows">[];
}

/** previewedWindow returns what a preview keeps of a verdict. O(features). */
export function previewedWindow(
  evaluation: Pick<
    Evaluation,
    "kind" | "outcome" | "cause" | "reason" | "detail" | "window_start" | "window_end"
  >,
  blamed: readonly BlamedFeature[],
): PreviewedWindow {
  return {
    start: evaluation.window_start,
    end: evaluation.window_end,
    outcome: evaluation.outcome,
    cause: evaluation.cause,
    reason: evaluation.reason,
    features: blamed.map(({ name }) => name),
    unjudged: evaluation.kind === "drift" ? unjudgedOf(evaluation.detail) : [],
  };
}

function unjudgedOf(detail: Evaluation["detail"]): PreviewedWindow["unjudged"] {
  const parsed = driftWindowSchema.safeParse(detail);
  if (!parsed.success) return [];
  const { features, prediction, not_judged = [] } = parsed.data;
  const entries = Object.entries(features);
  return [
    ...entries.flatMap(([name, drift]) =>
      unjudged(drift.type === "embedding" ? "embedding" : "feature", name, drift),
    ),
    ...(prediction === undefined ? [] : unjudged("output", outputName(Object.keys(features)), prediction)),
    ...not_judged,
  ];
}

function unjudged(
  kind: NotEvaluated["kind"],
  feature: string,
  { outcome, reason }: FeatureDrift,
): PreviewedWindow["unjudged"] {
  return outcome === "ok" || outcome === "drifted" ? [] : [{ kind, feature, outcome, reason }];
}
