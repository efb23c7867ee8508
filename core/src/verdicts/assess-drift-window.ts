import type { DriftWindow, FeatureDrift } from "../evaluation/index.ts";
import { formatNumber } from "../messages/index.ts";
import type { WindowProfile } from "../profile/index.ts";
import type { BlamedFeature, Monitor, Reference } from "../records/index.ts";
import { benjaminiHochberg } from "../statistics/index.ts";
import { classifyDrift, type DriftClass, type FeatureChange, type SourceShare } from "../triage/index.ts";
import { assessFeature, type FeatureAssessment } from "./assess-feature.ts";
import { PREDICTION_FEATURE, watchedFeatures } from "./calibrate-drift.ts";
import { calibrateFeature, profileOf } from "./calibrate-feature.ts";
import type { DriftCalibration } from "./drift-calibration.ts";
import { type DriftState, initialDriftState, stepDriftState } from "./drift-state.ts";
import { decideFeature, type FeatureDecision } from "./feature-decision.ts";
import { type Verdict, verdictState } from "./verdict.ts";

const SMALLEST_WINDOW_ROWS = 30;

/** DriftVerdict is the verdict on the inputs and the output of one window. */
export type DriftVerdict = Verdict<DriftWindow, DriftState>;

/**
 * assessDriftWindow decides whether the inputs or the output of one window have drifted: a feature has where its effect is large enough to
 * matter, its p-value survives Benjamini–Hochberg across the window's features, and it lies beyond the bar calibrated on the
 * reference's own windows, all three. Consecutive windows and gross breaks become alarms (`stepDriftState`). Pure and replayable: the
 * same arguments give the same verdict. O(features · bins).
 */
export function assessDriftWindow(input: {
  reference: Reference;
  window: WindowProfile;
  calibration: DriftCalibration;
  previousState?: DriftState | undefined;
  monitor?: Pick<Monitor, "thresholds" | "minimum_count" | "features"> | undefined;
  sources?: readonly SourceShare[];
}): DriftVerdict {
  const { reference, window, calibration, monitor, previousState = initialDriftState() } = input;
  const needed = Math.max(SMALLEST_WINDOW_ROWS, monitor?.minimum_count ?? 0);
  if (window.rows < needed) return tooSmall(reference, window, previousState, needed);
  const features = watchedFeatures(reference, monitor?.features);
  const calibrations = new Map(calibration.features.map((feature) => [feature.name, feature]));
  const assessments = features.map((feature) =>
    assessFeature({
      reference: feature,
      profile: profileOf(window, feature.name),
      window,
      windowMs: calibration.window_ms,
      calibration: calibrations.get(feature.name) ?? calibrateFeature(feature, [], calibration.window_ms),
      operatingPoint: calibration.operating_point,
    }),
  );
  const decisions = decideAll(assessments, monitor?.thresholds?.psi);
  const step = stepDriftState(
    previousState,
    decisions.map((decision) => ({ name: decision.name, ...decision.standing })),
    window,
    monitor?.thresholds?.psi === undefined ? calibration.operating_point.consecutive_windows : 1,
  );
  const drifted = decisions.filter(
    (decision) => decision.drift.drifted || step.state.alarm_features.includes(decision.name),
  );
  const triage =
    drifted.length === 0
      ? undefined
      : classifyDrift({
          changes: drifted
            .filter((decision) => decision.name !== PREDICTION_FEATURE)
            .map((decision) => changeOf(decision, features, window)),
          hasPredictionDrifted: drifted.some((decision) => decision.name === PREDICTION_FEATURE),
          ...(input.sources === undefined ? {} : { sources: input.sources }),
        });
  const reason = windowReason(decisions, step.outcome, triage, step.state, window);
  const outcome = decisions.every((decision) => decision.drift.outcome === "not_defined")
    ? "not_defined"
    : step.outcome;
  return {
    outcome,
    ...(triage === undefined ? {} : { cause: triage.cause, confidence: triage.confidence }),
    reason,
    detail: detailOf({ reference, window, decisions, outcome, reason, triage }),
    state: step.state,
    blamed: triage?.features ?? [],
  };
}

function decideAll(
  assessments: readonly FeatureAssessment[],
  fixedPsi: number | undefined,
): FeatureDecision[] {
  const judged = assessments.filter((assessment) => assessment.outcome === "judged");
  const adjusted = benjaminiHochberg(judged.map((assessment) => assessment.p));
  const adjustedByName = new Map(judged.map((assessment, index) => [assessment.name, adjusted[index]!]));
  return assessments.map((assessment) =>
    decideFeature(assessment, adjustedByName.get(assessment.name) ?? null, fixedPsi),
  );
}

function changeOf(
  decision: FeatureDecision,
  features: ReturnType<typeof watchedFeatures>,
  window: WindowProfile,
): FeatureChange {
  const reference = features.find((feature) => feature.name === decision.name)!;
  return { reference, profile: profileOf(window, decision.name), drift: decision.drift };
}

function windowReason(
  decisions: readonly FeatureDecision[],
  outcome: "ok" | "drifting" | "alarm",
  triage: DriftClass | undefined,
  state: DriftState,
  window: WindowProfile,
): string {
  const judged = decisions.filter((decision) => decision.drift.outcome !== "insufficient_data");
  const rows = `${formatNumber(window.rows)} rows`;
  const unknown = Object.keys(window.unknownFeatures);
  const extra = unknown.length === 0 ? "" : `; not in the reference: ${unknown.slice(0, 3).join(", ")}`;
  switch (outcome) {
    case "ok": {
      const nearest = [...judged].sort((a, b) => b.closeness - a.closeness)[0];
      return nearest === undefined
        ? `No feature could be judged on ${rows}${extra}`
        : `No drift in ${judged.length} features on ${rows}; nearest its bar: ${nearest.drift.reason}${extra}`;
    }
    case "drifting":
      return `${triage?.headline ?? "A feature drifted"} (${rows}); not yet an alarm, the next window decides${extra}`;
    case "alarm": {
      const count = state.alarm_features.length;
      const others = count > 1 ? `; ${count} of ${judged.length} features have drifted` : "";
      return `${triage?.headline ?? "Features have drifted"} (${rows})${others}${extra}`;
    }
    default:
      return outcome satisfies never;
  }
}

function detailOf(input: {
  reference: Reference;
  window: WindowProfile;
  decisions: readonly FeatureDecision[];
  outcome: string;
  reason: string;
  triage: DriftClass | undefined;
}): DriftWindow {
  const { reference, window, decisions, outcome, reason, triage } = input;
  const prediction = decisions.find((decision) => decision.name === PREDICTION_FEATURE);
  const entries: [string, FeatureDrift][] = decisions
    .filter((decision) => decision.name !== PREDICTION_FEATURE)
    .map((decision) => [decision.name, decision.drift]);
  return {
    start: window.start,
    end: window.end,
    count: window.count,
    outcome,
    reason,
    ...(triage === undefined ? {} : { cause: triage.cause, confidence: triage.confidence }),
    reference_id: reference.id,
    features: Object.fromEntries(entries),
    ...(prediction === undefined ? {} : { prediction: prediction.drift }),
  };
}

function tooSmall(
  reference: Reference,
  window: WindowProfile,
  previous: DriftState,
  needed: number,
): DriftVerdict {
  const outcome = window.rows === 0 ? "no_data" : "insufficient_data";
  const reason =
    window.rows === 0
      ? "No predictions in this window"
      : `${formatNumber(window.rows)} predictions in this window, ${needed} are needed for a verdict`;
  const blamed: BlamedFeature[] = [];
  return {
    outcome,
    reason,
    detail: detailOf({ reference, window, decisions: [], outcome, reason, triage: undefined }),
    state: verdictState(previous),
    blamed,
  };
}
