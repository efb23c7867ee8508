import type { SampledRow, WindowProfile } from "@leeway/core/profile";
import type { Monitor, Reference } from "@leeway/core/records";
import {
  assessJoint,
  createDriftAssessor,
  type DriftVerdict,
  driftStateSchema,
  type JointAssessment,
  jointRowLimit,
  MINIMUM_JOINT_ROWS,
  measureJoint,
  type SourceProfile,
} from "@leeway/core/verdicts";
import type { TimeWindow } from "@leeway/core/window";
import type { AssessWindow } from "../chain/assess-chain.ts";
import type { DriftBaseline } from "./drift-baseline.ts";
import { emptyProfile } from "./missing-window.ts";

/** LoadSample returns at most `limit` rows of a window. */
export type LoadSample = (profile: WindowProfile, limit: number) => Promise<SampledRow[]>;

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
  loadSources: LoadSources;
}): AssessWindow {
  const { reference, baseline, monitor, profiles, loadSources } = input;
  const { calibration } = baseline;
  const assess = createDriftAssessor({ reference, calibration, monitor });
  return async (window: TimeWindow, previousState) => {
    const profile = profiles.get(window.start) ?? emptyProfile(window);
    const state = previousState === undefined ? undefined : driftStateSchema.parse(previousState);
    const joint = await jointAssessment(baseline, profile, input.loadSample);
    const verdict = assess(profile, state, { joint });
    if (verdict.outcome !== "alarm" && verdict.outcome !== "drifting") return verdict;
    const sources = await loadSources(profile, wantedOf(verdict));
    return sources.length === 0 ? verdict : assess(profile, state, { joint, sources });
  };
}

async function jointAssessment(
  { joint, calibration }: DriftBaseline,
  profile: WindowProfile,
  loadSample: LoadSample,
): Promise<JointAssessment | undefined> {
  if (joint === undefined || profile.rows < MINIMUM_JOINT_ROWS) return undefined;
  const { reference } = joint;
  const rows = await loadSample(profile, jointRowLimit(reference.features.length));
  const measurement = measureJoint(reference, rows, profile.start);
  return measurement === undefined
    ? undefined
    : assessJoint(reference, joint.calibration, measurement, calibration.operating_point);
}

function wantedOf({ blamed }: DriftVerdict): { features: string[]; isOutputWanted: boolean } {
  return {
    features: blamed.slice(0, MOST_FEATURES).map(({ name }) => name),
    isOutputWanted: blamed.length === 0,
  };
}
