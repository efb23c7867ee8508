import type { EmbeddedRow, SampledRow, WindowProfile } from "@leeway/core/profile";
import type { Monitor, Reference } from "@leeway/core/records";
import {
  assessEmbedding,
  assessJoint,
  assessText,
  createDriftAssessor,
  type DriftVerdict,
  driftStateSchema,
  EMBEDDING_ROWS,
  type EmbeddingAssessment,
  MINIMUM_EMBEDDINGS,
  MINIMUM_JOINT_ROWS,
  measureJoint,
  type SourceProfile,
  type WindowEvidence,
} from "@leeway/core/verdicts";
import type { TimeWindow } from "@leeway/core/window";
import type { AssessWindow } from "../chain/assess-chain.ts";
import type { DriftBaseline } from "./drift-baseline.ts";
import { emptyProfile } from "./missing-window.ts";

/** LoadSample returns at most `limit` rows of a window. */
export type LoadSample = (profile: WindowProfile, limit: number) => Promise<SampledRow[]>;

/** LoadEmbeddings returns the embeddings of at most `limit` rows of a window. */
export type LoadEmbeddings = (profile: WindowProfile, limit: number) => Promise<EmbeddedRow[]>;

/** SampledEvidence is what a window's rows say that its counts can't. */
export type SampledEvidence = Pick<WindowEvidence, "joint" | "texts" | "embeddings">;

/** LoadSources returns what each source (one value of a tag) sent in a window of the features that drifted in it. */
export type LoadSources = (
  profile: WindowProfile,
  wanted: { features: readonly string[]; isOutputWanted: boolean },
) => Promise<SourceProfile[]>;

// What people are told of is what is broken down: the worst few say where it comes from.
const MOST_FEATURES = 5;

/**
 * driftAssessor returns the assessment of one window's inputs and output against the reference, from profiles that were loaded at once. A window
 * that drifted is broken down by its sources and judged again with them.
 */
export function driftAssessor(input: {
  monitor: Monitor;
  reference: Reference;
  baseline: DriftBaseline;
  profiles: ReadonlyMap<number, WindowProfile>;
  loadSample: LoadSample;
  loadEmbeddings: LoadEmbeddings;
  loadSources: LoadSources;
  /** Returns what is known of a window's sample already, or asks for it. */
  keepEvidence: (profile: WindowProfile, sample: () => Promise<SampledEvidence>) => Promise<SampledEvidence>;
}): AssessWindow {
  const { reference, baseline, monitor, profiles, loadSources } = input;
  const { calibration } = baseline;
  const assess = createDriftAssessor({ reference, calibration, monitor });
  return async (window: TimeWindow, previousState) => {
    const profile = profiles.get(window.start) ?? emptyProfile(window);
    const state = previousState === undefined ? undefined : driftStateSchema.parse(previousState);
    const sampled = await input.keepEvidence(profile, async () => ({
      ...(await sampledEvidence(baseline, profile, input.loadSample)),
      embeddings: await embeddingEvidence(baseline, profile, input.loadEmbeddings),
    }));
    const verdict = assess(profile, state, sampled);
    if (verdict.outcome !== "alarm" && verdict.outcome !== "drifting") return verdict;
    const sources = await loadSources(profile, wantedOf(verdict));
    return sources.length === 0 ? verdict : assess(profile, state, { ...sampled, sources });
  };
}

async function sampledEvidence(
  { joint, texts, sampleLimit, calibration }: DriftBaseline,
  profile: WindowProfile,
  loadSample: LoadSample,
): Promise<Pick<WindowEvidence, "joint" | "texts">> {
  if (profile.rows < MINIMUM_JOINT_ROWS || (joint === undefined && texts.length === 0)) return {};
  const rows = await loadSample(profile, sampleLimit);
  const point = calibration.operating_point;
  const measurement = joint === undefined ? undefined : measureJoint(joint.reference, rows, profile.start);
  return {
    ...(joint === undefined || measurement === undefined
      ? {}
      : { joint: assessJoint(joint.reference, joint.calibration, measurement, point) }),
    texts: new Map(
      texts.flatMap((baseline) => {
        const assessment = assessText(baseline, rows, point);
        return assessment === undefined ? [] : [[baseline.name, assessment] as const];
      }),
    ),
  };
}

async function embeddingEvidence(
  { embeddings, calibration }: DriftBaseline,
  profile: WindowProfile,
  loadEmbeddings: LoadEmbeddings,
): Promise<EmbeddingAssessment[]> {
  if (profile.rows < MINIMUM_EMBEDDINGS || embeddings.length === 0) return [];
  const rows = await loadEmbeddings(profile, EMBEDDING_ROWS);
  return embeddings.map((baseline) => assessEmbedding(baseline, rows, calibration.operating_point));
}

function wantedOf({ blamed }: DriftVerdict): { features: string[]; isOutputWanted: boolean } {
  return {
    features: blamed.slice(0, MOST_FEATURES).map(({ name }) => name),
    isOutputWanted: blamed.length === 0,
  };
}
