import type { FeatureDrift } from "../../evaluation/index.ts";
import type { WindowProfile } from "../../profile/index.ts";
import type { Reference } from "../../records/index.ts";
import {
  classifyDrift,
  type DriftClass,
  type FeatureChange,
  type OutputChange,
  type SourceShare,
} from "../../triage/index.ts";
import { profileOf } from "../bars/profile-of.ts";
import type { EmbeddingDecision } from "../embeddings/decide-embedding.ts";
import type { FeatureDecision } from "../feature/feature-decision.ts";
import type { PreparedFeature } from "../feature/prepared-feature.ts";
import type { JointDecision } from "../joint/decide-joint.ts";
import { hasJudged } from "./has-judged.ts";

/**
 * explainDrift returns what the drift of a window looks like, by all that drifts or is still in alarm, with the share of each source; nothing where
 * nothing does. O(features · bins + sources).
 */
export function explainDrift(context: {
  reference: Reference;
  window: WindowProfile;
  features: readonly PreparedFeature[];
  decisions: readonly FeatureDecision[];
  joint: JointDecision | undefined;
  embeddings: readonly EmbeddingDecision[];
  /** What was in alarm after this window. */
  alarmed: ReadonlySet<string>;
  sharesOf: (drifted: readonly PreparedFeature[]) => SourceShare[];
}): { triage: DriftClass | undefined; sources: SourceShare[] } {
  const { reference, window, features, decisions, joint, alarmed } = context;
  const drifted = decisions.filter(({ drift, name }) => drift.drifted || alarmed.has(name));
  const names = new Set(drifted.map(({ name }) => name));
  const output = reference.prediction?.name;
  const sources = context.sharesOf(features.filter((feature) => names.has(feature.reference.name)));
  const isJoint = joint !== undefined && (joint.published.drifted || alarmed.has(joint.standing.name));
  const moved = context.embeddings.filter(({ drift, name }) => drift.drifted || alarmed.has(name));
  if (drifted.length === 0 && !isJoint && moved.length === 0) return { triage: undefined, sources };
  const triage = classifyDrift({
    changes: drifted
      .filter(({ name }) => name !== output)
      .map((decision) => changeOf(decision, features, window)),
    hasPredictionDrifted: output !== undefined && names.has(output),
    unjudged: decisions.filter(({ drift, name }) => name !== output && drift.outcome === "not_defined")
      .length,
    output: outputChange(reference, decisions.find(({ name }) => name === output)?.drift),
    sources,
    embeddings: moved.map(({ name, drift, isMissing }) => ({
      blamed: { name, evidence: drift.reason.slice(name.length + 2) },
      isMissing,
    })),
    ...(isJoint
      ? {
          joint: {
            sentence: joint.published.reason,
            areFeaturesCalm: hasJudged(decisions),
            blamed: joint.blamed,
          },
        }
      : {}),
  });
  return { triage, sources };
}

function changeOf(
  decision: FeatureDecision,
  features: readonly PreparedFeature[],
  window: WindowProfile,
): FeatureChange {
  const { reference, calibration } = features.find((feature) => feature.reference.name === decision.name)!;
  return {
    reference,
    profile: profileOf(window, decision.name),
    drift: decision.drift,
    breaks: decision.breaks.map(({ evidence }) => evidence),
    areUnitsJudged: calibration.own?.restatement !== undefined,
  };
}

function outputChange(reference: Reference, drift: FeatureDrift | undefined): OutputChange | undefined {
  const spread = reference.prediction?.numeric?.standard_deviation;
  if (spread === undefined || drift?.mean === undefined || drift.reference_mean === undefined)
    return undefined;
  return { difference: drift.mean - drift.reference_mean, deviation: spread };
}
