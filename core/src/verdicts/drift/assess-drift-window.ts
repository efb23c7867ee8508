import type { DriftWindow, NotJudged, OperatingPoint } from "../../evaluation/index.ts";
import type { WindowProfile } from "../../profile/index.ts";
import type { DriftThresholds, Monitor, Reference } from "../../records/index.ts";
import type { SourceShare } from "../../triage/index.ts";
import { countWords, formatNumber } from "../../words/index.ts";
import { watchedFeatures } from "../bars/calibrate-drift.ts";
import { uncalibratedFeature } from "../bars/calibrate-features.ts";
import type { DriftCalibration } from "../bars/drift-calibration.ts";
import { fixedThresholds } from "../bars/fixed-thresholds.ts";
import { profileOf } from "../bars/profile-of.ts";
import { judgeSwaps } from "../breaks/judge-swaps.ts";
import type { EmbeddingDecision } from "../embeddings/decide-embedding.ts";
import { assessFeature, withBreaks, withText } from "../feature/assess-feature.ts";
import { type DriftState, initialDriftState, stepDriftState } from "../feature/drift-state.ts";
import type { FeatureDecision } from "../feature/feature-decision.ts";
import { type PreparedFeature, prepareFeature } from "../feature/prepared-feature.ts";
import type { JointDecision } from "../joint/decide-joint.ts";
import { isJudged } from "../performance/input-health.ts";
import type { Verdict } from "../verdict.ts";
import { assessSources } from "./assess-sources.ts";
import { blindFeatures, newlyBlind } from "./blind-features.ts";
import { decideFamily } from "./decide-family.ts";
import { driftDetail } from "./drift-detail.ts";
import { explainDrift } from "./explain-drift.ts";
import { hasJudged } from "./has-judged.ts";
import type { WindowEvidence } from "./window-evidence.ts";
import { windowReason } from "./window-reason.ts";

/** MINIMUM_WINDOW_ROWS is the fewest rows of a window that anything is said of. */
export const MINIMUM_WINDOW_ROWS = 30;
const MOST_NAMED = 3;

/** DriftVerdict is the verdict on the inputs and the output of one window. */
export type DriftVerdict = Verdict<DriftWindow, DriftState>;

/** DriftInput is what a drift verdict is made from, beside its window and the state before it. */
export interface DriftInput {
  reference: Reference;
  calibration: DriftCalibration;
  monitor?: Pick<Monitor, "thresholds" | "minimum_count" | "features"> | undefined;
}

/** DriftAssessor returns the verdict on one window after the other. */
export type DriftAssessor = (
  window: WindowProfile,
  previousState?: DriftState | undefined,
  evidence?: WindowEvidence,
) => DriftVerdict;

/**
 * createDriftAssessor returns an assessor of windows that prepares the reference once: use it where many windows are judged. O(features · bins)
 * to make and per window.
 */
export function createDriftAssessor({ reference, calibration, monitor }: DriftInput): DriftAssessor {
  const windowMs = calibration.window_ms;
  const operatingPoint = calibration.operating_point;
  const calibrations = new Map(calibration.features.map((feature) => [feature.name, feature]));
  const features = watchedFeatures(reference, monitor?.features).map((feature) =>
    prepareFeature(feature, calibrations.get(feature.name) ?? uncalibratedFeature(feature)),
  );
  const needed = Math.max(MINIMUM_WINDOW_ROWS, monitor?.minimum_count ?? 0);
  const fixed = fixedThresholds(monitor);
  return (window, previousState = initialDriftState(), evidence = {}) => {
    if (window.rows < needed) return tooSmall(reference, window, previousState, needed);
    const swaps = judgeSwaps(features, window, windowMs);
    const assessments = features.map((feature) => {
      const { name } = feature.reference;
      const assessed = assessFeature(feature, profileOf(window, name), { window, windowMs, operatingPoint });
      const swap = swaps.get(name);
      return withText(
        withBreaks(assessed, swap === undefined ? [] : [swap], operatingPoint),
        evidence.texts?.get(name),
      );
    });
    const { decisions, joint, embeddings } = decideFamily(assessments, evidence, fixed);
    const consecutive = fixed === undefined ? operatingPoint.consecutive_windows : 1;
    const sharesOf = (drifted: readonly PreparedFeature[]) =>
      assessSources(drifted, evidence.sources ?? [], { windowMs, operatingPoint, fixed });
    const point = fixed === undefined ? operatingPoint : undefined;
    const told = { decisions, joint, embeddings, notJudged: evidence.notJudged };
    const judged = { ...told, consecutive, sharesOf, operatingPoint: point, fixed };
    return concludeWindow({ reference, window, features, previousState, ...judged });
  };
}

/**
 * assessDriftWindow decides whether the inputs or the output of one window have drifted: a feature has where its effect is large enough to
 * matter, its p-value survives Benjamini–Hochberg across the window's features, and it lies beyond the bar calibrated on the
 * reference's own windows, all three. Consecutive windows and gross breaks become alarms (`stepDriftState`). Pure and replayable: the
 * same arguments give the same verdict. O(features · bins).
 */
export function assessDriftWindow(
  input: DriftInput & {
    window: WindowProfile;
    previousState?: DriftState | undefined;
    evidence?: WindowEvidence;
  },
): DriftVerdict {
  return createDriftAssessor(input)(input.window, input.previousState, input.evidence);
}

function concludeWindow(context: {
  reference: Reference;
  window: WindowProfile;
  features: readonly PreparedFeature[];
  decisions: readonly FeatureDecision[];
  joint: JointDecision | undefined;
  embeddings: readonly EmbeddingDecision[];
  notJudged: WindowEvidence["notJudged"];
  previousState: DriftState;
  consecutive: number;
  operatingPoint: OperatingPoint | undefined;
  fixed: DriftThresholds | undefined;
  sharesOf: (drifted: readonly PreparedFeature[]) => SourceShare[];
}): DriftVerdict {
  const { reference, window, decisions, joint, previousState, consecutive } = context;
  const { here = [], ever = [] } = context.notJudged ?? {};
  const told = [...decisions, ...context.embeddings];
  if (joint === undefined && told.every((decision) => decision.drift.outcome === "insufficient_data")) {
    const notJudged = [...here, ...ever];
    const why = notJudged.map(({ feature, kind, reason }) => `; ${feature ?? kind}: ${reason}`);
    const reason = `No feature could be judged on ${countWords(window.rows, "row")}${why.slice(0, MOST_NAMED).join("")}`;
    const said = { outcome: "insufficient_data" as const, reason, decisions: told, notJudged };
    return unjudged(reference, window, previousState, said);
  }
  const step = stepDriftState(
    previousState,
    [
      ...told.map(({ name, standing, drift }) => ({
        name,
        ...standing,
        isUnjudged: context.fixed === undefined && !isJudged(drift),
      })),
      ...(joint === undefined ? [] : [joint.standing]),
    ],
    window,
    consecutive,
  );
  const alarmed = new Set(step.state.alarm_features);
  const { triage, sources } = explainDrift({ ...context, alarmed });
  const outcome =
    step.outcome === "ok" && joint === undefined && !hasJudged(told) ? "not_defined" : step.outcome;
  const blind = blindFeatures(step.state, window);
  const reason = windowReason({
    blind: newlyBlind(blind, window),
    decisions: told,
    joint,
    notJudged: here,
    outcome,
    triage,
    state: step.state,
    window,
  });
  return {
    outcome,
    ...(triage === undefined ? {} : { cause: triage.cause, confidence: triage.confidence }),
    reason,
    detail: driftDetail({
      ...{ reference, window, decisions: told, outcome, reason, triage, sources, joint },
      operatingPoint: context.operatingPoint,
      fixed: context.fixed,
      notJudged: [...ever, ...here],
      blind,
    }),
    state: step.state,
    blamed: triage?.features ?? [],
  };
}

function tooSmall(
  reference: Reference,
  window: WindowProfile,
  previous: DriftState,
  needed: number,
): DriftVerdict {
  if (window.rows === 0) {
    const reason = "No predictions in this window";
    return unjudged(reference, window, previous, { outcome: "no_data", reason, decisions: [] });
  }
  const reason = `${countWords(window.rows, "prediction")} in this window, ${formatNumber(needed)} are needed for a verdict`;
  return unjudged(reference, window, previous, { outcome: "insufficient_data", reason, decisions: [] });
}

// A window that could not be judged neither raises nor clears anything: the state passes through it.
function unjudged(
  reference: Reference,
  window: WindowProfile,
  state: DriftState,
  said: {
    outcome: "no_data" | "insufficient_data";
    reason: string;
    decisions: readonly FeatureDecision[];
    notJudged?: readonly NotJudged[];
  },
): DriftVerdict {
  const { outcome, reason } = said;
  const detail = driftDetail({ reference, window, triage: undefined, ...said });
  return { outcome, reason, detail, state, blamed: [] };
}
