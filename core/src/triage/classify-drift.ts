import type { BlamedFeature, Cause } from "../records/index.ts";
import { NOT_SETTLED } from "./cause-of.ts";
import { effectWords, type OutputChange } from "./effect-words.ts";
import { type FeatureChange, type FeatureEvidence, featureEvidence } from "./feature-evidence.ts";
import { oneSourceOnly, type SourceShare } from "./one-source-only.ts";
import { type Blame, rankBlame } from "./rank-blame.ts";
import { swappedColumns } from "./swapped-columns.ts";

/** DriftClass is the cause of a drift with its confidence and the features to blame, worst first. */
export interface DriftClass {
  cause: Extract<Cause, "pipeline" | "input_drift">;
  confidence: number;
  features: BlamedFeature[];
  /** The single most telling sentence, with the feature's name. */
  headline: string;
}

// Embeddings come from another model: when they stop coming, that is what stopped.
const MISSING_CONFIDENCE = 0.8;
// A reading this sure makes the cause `pipeline` by itself.
const PROOF_CONFIDENCE = 0.6;

/**
 * classifyDrift decides whether drifted features look like a broken input pipeline or like a natural shift of the inputs, and ranks them
 * by what they did to the predictions. One feature with damning evidence is enough for `pipeline`: that is what to look at first, and
 * cheap to rule out. O(features · bins).
 */
export function classifyDrift(input: {
  changes: readonly FeatureChange[];
  /** The output drifted. */
  hasPredictionDrifted: boolean;
  /** Inputs that could not be judged: one of them may have moved the output. */
  unjudged?: number;
  /** How far the mean output moved, where both sides have one. */
  output?: OutputChange | undefined;
  /** The features are correlated otherwise than before; whether each alone was judged, and found as it was. */
  joint?: { sentence: string; areFeaturesCalm: boolean; blamed: readonly BlamedFeature[] } | undefined;
  /** Embeddings that moved, each with what is said of it, and whether it is that they are missing. */
  embeddings?: readonly { blamed: BlamedFeature; isMissing: boolean }[];
  /** Drift by source (replica, upstream tag), where it was measured. */
  sources?: readonly SourceShare[];
}): DriftClass {
  const { changes, hasPredictionDrifted, unjudged = 0, output, joint } = input;
  const { embeddings = [], sources = [] } = input;
  const source = oneSourceOnly(sources);
  const suffix = source === undefined ? "" : `; ${source.sentence}`;
  const moved = embeddings.map(({ blamed: feature }) => feature);
  const missing = embeddings.find(({ isMissing }) => isMissing)?.blamed;
  const first = missing ?? moved[0];
  if (changes.length === 0 && first !== undefined) {
    return {
      cause: missing === undefined ? "input_drift" : "pipeline",
      confidence: missing === undefined ? 0.6 : MISSING_CONFIDENCE,
      features: [...moved, ...(joint?.blamed ?? [])],
      headline: `${first.name}: ${first.evidence}${suffix}`,
    };
  }
  if (changes.length === 0 && joint !== undefined) {
    return {
      cause: "input_drift",
      confidence: 0.6,
      features: [...joint.blamed],
      headline: `${joint.areFeaturesCalm ? "Each feature alone looks as it did, but not together. " : ""}${joint.sentence}${suffix}`,
    };
  }
  if (changes.length === 0 && hasPredictionDrifted && unjudged > 0 && source === undefined) {
    return {
      cause: "input_drift",
      confidence: NOT_SETTLED,
      features: [],
      headline: `The model's output moved, and no input that could be judged did (${unjudged} could not): cause not settled`,
    };
  }
  if (changes.length === 0) {
    return {
      cause: hasPredictionDrifted ? "pipeline" : "input_drift",
      confidence: source?.pipelineConfidence ?? 0.5,
      features: [],
      headline: hasPredictionDrifted
        ? `The model's output moved while no input did: look at what is deployed, and at features that are not sent${suffix}`
        : "No feature stands out",
    };
  }
  const { evidence, isSwapOpen } = readingsOf(changes);
  const blame = rankBlame(changes);
  const weight = (reading: FeatureEvidence) =>
    // What proves the cause leads: a column that vanished has no effect on the output that could be estimated.
    (isProof(reading) ? 2 : 0) + (blame.get(reading.name)?.impact ?? 0) + reading.pipelineConfidence;
  const ranked = [...evidence].sort((a, b) => weight(b) - weight(a));
  const pipelineConfidence = Math.max(
    source?.pipelineConfidence ?? 0,
    missing === undefined ? 0 : MISSING_CONFIDENCE,
    ...evidence.map((reading) => reading.pipelineConfidence),
  );
  const isPipeline = pipelineConfidence >= PROOF_CONFIDENCE;
  const isOpen = !isPipeline && isSwapOpen;
  const lead = ranked[0]!;
  return {
    cause: isPipeline ? "pipeline" : "input_drift",
    confidence: isPipeline
      ? pipelineConfidence
      : isOpen
        ? NOT_SETTLED
        : naturalConfidence(pipelineConfidence, changes.length),
    features: [
      ...ranked.map((reading) => blamed(reading, changes, blame.get(reading.name), output)),
      ...[...moved, ...(joint?.blamed ?? [])].filter(({ name }) => !blame.has(name)),
    ],
    headline: `${lead.name}: ${lead.sentence}${effectWords(blame.get(lead.name)?.effect, output)}${suffix}`,
  };
}

// What each change looks like, and whether two of them may have changed places.
function readingsOf(changes: readonly FeatureChange[]): { evidence: FeatureEvidence[]; isSwapOpen: boolean } {
  const swaps = new Map(swappedColumns(changes).map((evidence) => [evidence.name, evidence]));
  const evidence = changes.map((change) => {
    const own = featureEvidence(change);
    const swap = swaps.get(change.reference.name);
    return swap === undefined || own.pipelineConfidence > swap.pipelineConfidence ? own : swap;
  });
  return { evidence, isSwapOpen: [...swaps.values()].some(({ isOpen }) => isOpen) };
}

function isProof({ pipelineConfidence }: FeatureEvidence): boolean {
  return pipelineConfidence >= PROOF_CONFIDENCE;
}

// Several features moving together without a mark of breakage speak for the world having changed.
function naturalConfidence(pipelineConfidence: number, features: number): number {
  return Math.min(0.9, 0.65 + 0.05 * Math.min(4, features - 1)) * (1 - pipelineConfidence / 2);
}

function blamed(
  reading: FeatureEvidence,
  changes: readonly FeatureChange[],
  blame: Blame | undefined,
  output: OutputChange | undefined,
): BlamedFeature {
  const drift = changes.find((change) => change.reference.name === reading.name)?.drift;
  const psi = drift?.baseline?.psi ?? drift?.psi ?? undefined;
  return {
    name: reading.name,
    impact: blame?.impact ?? 0,
    ...(blame?.effect === undefined ? {} : { effect: blame.effect }),
    claim: reading.claim,
    evidence: `${reading.sentence}${effectWords(blame?.effect, output)}`,
    ...(psi === undefined ? {} : { psi }),
    ...(drift === undefined ? {} : { distribution: drift.distribution }),
  };
}
