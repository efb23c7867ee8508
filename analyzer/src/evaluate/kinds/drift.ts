import type { WindowProfile } from "@leeway/core/profile";
import type { Monitor, Reference } from "@leeway/core/records";
import {
  createDriftAssessor,
  type DriftVerdict,
  driftStateSchema,
  type SourceProfile,
} from "@leeway/core/verdicts";
import type { TimeWindow } from "@leeway/core/window";
import type { DriftBaseline } from "../baselines/drift-baseline.ts";
import type { AssessWindow } from "../chain/assess-chain.ts";
import { emptyProfile } from "./missing-window.ts";
import {
  type LoadEmbeddings,
  type LoadSample,
  type SampledEvidence,
  sampledEvidence,
} from "./sampled-evidence.ts";

/** LoadSources returns what each source (one value of a tag) sent in a window of the features that drifted in it. */
export type LoadSources = (
  profile: WindowProfile,
  wanted: { features: readonly string[]; isOutputWanted: boolean },
) => Promise<SourceProfile[]>;

// What people are notified of is what is broken down: the worst few say where it comes from.
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
    const sampled = await input.keepEvidence(profile, () =>
      sampledEvidence({ monitor, baseline }, profile, {
        sample: input.loadSample,
        embeddings: input.loadEmbeddings,
      }),
    );
    const verdict = assess(profile, state, sampled);
    if (verdict.outcome !== "alarm" && verdict.outcome !== "drifting") return verdict;
    const sources = await loadSources(profile, wantedOf(verdict));
    return sources.length === 0 ? verdict : assess(profile, state, { ...sampled, sources });
  };
}

function wantedOf({ blamed }: DriftVerdict): { features: string[]; isOutputWanted: boolean } {
  return {
    features: blamed.slice(0, MOST_FEATURES).map(({ name }) => name),
    isOutputWanted: blamed.length === 0,
  };
}
