import type { DriftWindow, FeatureDrift, NotJudged, OperatingPoint } from "../../evaluation/index.ts";
import type { WindowProfile } from "../../profile/index.ts";
import type { DriftThresholds, Reference } from "../../records/index.ts";
import type { DriftClass, SourceShare } from "../../triage/index.ts";
import type { FeatureDecision } from "../feature/feature-decision.ts";
import type { JointDecision } from "../joint/decide-joint.ts";
import { isJudged } from "../performance/input-health.ts";
import type { BlindFeature } from "./blind-features.ts";

/** driftDetail returns a drift verdict in the shape of the wire. O(features). */
export function driftDetail(input: {
  reference: Reference;
  window: WindowProfile;
  decisions: readonly FeatureDecision[];
  outcome: string;
  reason: string;
  triage: DriftClass | undefined;
  sources?: readonly SourceShare[];
  joint?: JointDecision | undefined;
  /** Absent where a fixed threshold decides. */
  operatingPoint?: OperatingPoint | undefined;
  fixed?: DriftThresholds | undefined;
  notJudged?: readonly NotJudged[];
  blind?: readonly BlindFeature[];
}): DriftWindow {
  const {
    reference,
    window,
    decisions,
    outcome,
    reason,
    triage,
    sources = [],
    joint,
    operatingPoint,
    fixed,
    notJudged = [],
    blind = [],
  } = input;
  const output = reference.prediction?.name;
  const prediction = decisions.find((decision) => decision.name === output);
  const entries: [string, FeatureDrift][] = decisions
    .filter((decision) => decision.name !== output)
    .map((decision) => [decision.name, decision.drift]);
  return {
    start: window.start,
    end: window.end,
    count: window.count,
    outcome,
    reason,
    ...(triage === undefined ? {} : { cause: triage.cause, confidence: triage.confidence }),
    reference_id: reference.id,
    ...(operatingPoint === undefined ? {} : { operating_point: operatingPoint }),
    ...(fixed === undefined ? {} : { thresholds: fixed }),
    judged: decisions.filter(({ drift }) => isJudged(drift)).length,
    of: decisions.length,
    ...(blind.length === 0 ? {} : { blind: [...blind] }),
    features: Object.fromEntries(entries),
    ...(prediction === undefined ? {} : { prediction: prediction.drift }),
    ...(joint === undefined ? {} : { multivariate: joint.published }),
    ...(notJudged.length === 0 ? {} : { not_judged: [...notJudged] }),
    ...(sources.length === 0
      ? {}
      : { sources: sources.map(({ isDrifted, ...source }) => ({ ...source, drifted: isDrifted })) }),
  };
}
