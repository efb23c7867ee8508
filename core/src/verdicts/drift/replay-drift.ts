import type { DriftWindow, FeatureDrift } from "../../evaluation/index.ts";
import { outputName } from "../../profile/index.ts";
import type { DriftThresholds } from "../../records/index.ts";
import { benjaminiHochberg } from "../../statistics/index.ts";
import {
  type DriftState,
  type FeatureStanding,
  fewestNeeded,
  initialDriftState,
  stepDriftState,
} from "../feature/drift-state.ts";
import { FALSE_DISCOVERY_RATE } from "../feature/feature-decision.ts";
import { JOINT_STANDING } from "../joint/decide-joint.ts";

/** ReplayedDrift is what a stored verdict says once it has been decided again from its own numbers. */
export interface ReplayedDrift {
  outcome: DriftWindow["outcome"];
  /** What drifted: features, the output, embeddings by their published names, and joint drift. */
  drifted: string[];
  state: DriftState;
}

type Stored = Pick<FeatureDrift, "tests" | "embedding" | "text" | "outcome" | "psi" | "threshold">;
interface StoredTest {
  test: string;
  p_value: number;
  p_calibrated: number;
  lower_tail: number;
  matters: boolean;
  holds: boolean;
  windows_needed?: number | undefined;
}

/**
 * replayDrift returns the verdict that follows from what is stored with a drift verdict and from the state of the window before: p-values are adjusted
 * over the family again, held to the bars again, and the alarm rule takes its step. A verdict that differs from the stored one was not made from what is
 * stored. Windows that could not be judged pass the state on. O(tests).
 */
export function replayDrift(
  detail: DriftWindow,
  previousState: DriftState = initialDriftState(),
): ReplayedDrift {
  const members = membersOf(detail);
  const judged = members.filter(({ tests }) => tests.length > 0);
  if (judged.length === 0) return { outcome: detail.outcome, drifted: [], state: previousState };
  const point = detail.operating_point;
  const adjusted = benjaminiHochberg(judged.map(({ tests }) => familyP(tests)));
  const survives = new Map(judged.map(({ name }, i) => [name, adjusted[i]! <= FALSE_DISCOVERY_RATE]));
  const standings = members.map(({ name, tests, isAboveFixed, isTold }): FeatureStanding => {
    if (point === undefined) {
      return { name, isDrifted: isAboveFixed, isGross: isAboveFixed, isHeld: isAboveFixed };
    }
    const drifting = tests.filter(
      (test) => survives.get(name) === true && test.matters && test.p_calibrated < test.lower_tail,
    );
    return {
      name,
      isUnjudged: !isTold,
      isDrifted: drifting.length > 0,
      // What needs two windows never alarms by one, however improbable it is.
      isGross: drifting.some(
        (test) =>
          !isRanked(test) && test.windows_needed === undefined && test.p_calibrated < point.immediate_tail,
      ),
      isHeld: tests.some(({ holds }) => holds),
      windowsNeeded: fewestNeeded(drifting.map((test) => test.windows_needed)),
    };
  });
  const step = stepDriftState(previousState, standings, detail, point?.consecutive_windows ?? 1);
  return {
    // Where nothing but what no window can be judged by was there, nothing is healthy.
    outcome: step.outcome === "ok" && !members.some(({ isTold }) => isTold) ? "not_defined" : step.outcome,
    drifted: standings.filter(({ isDrifted }) => isDrifted).map(({ name }) => name),
    state: step.state,
  };
}

// A rank among the reference's windows does not say how improbable a window is: one alone never alarms.
function isRanked({ test, lower_tail }: StoredTest): boolean {
  return test === "unseen" && lower_tail === 1;
}

function familyP(tests: readonly StoredTest[]): number {
  return Math.min(1, Math.min(...tests.map(({ p_value }) => p_value)) * tests.length);
}

// In the order in which the verdict saw them.
function membersOf({ features, prediction, multivariate, thresholds }: DriftWindow) {
  const entries: [string, Stored][] = Object.entries(features);
  const isEmbedding = ([, { embedding }]: [string, Stored]) => embedding !== undefined;
  const told: [string, Stored][] = [
    ...entries.filter((entry) => !isEmbedding(entry)),
    ...(prediction === undefined
      ? []
      : [[outputName(Object.keys(features)), prediction] as [string, Stored]]),
    ...entries.filter(isEmbedding),
  ];
  const members = told.map(([name, stored]) => ({
    name,
    isTold: stored.outcome === "ok" || stored.outcome === "drifted",
    tests: (stored.embedding?.tests ?? stored.tests ?? []) as readonly StoredTest[],
    // Verdicts made before other sizes had thresholds were held to PSI alone.
    isAboveFixed: isAboveFixed(stored, thresholds ?? { psi: stored.threshold }),
  }));
  return multivariate === undefined
    ? members
    : [
        ...members,
        {
          name: JOINT_STANDING,
          isTold: true,
          tests: multivariate.tests as readonly StoredTest[],
          isAboveFixed: isAbove(multivariate.auc, thresholds?.joint_auc),
        },
      ];
}

function isAboveFixed({ embedding, psi, text }: Stored, fixed: DriftThresholds): boolean {
  if (embedding !== undefined) {
    return isAbove(embedding.tests.find(({ test }) => test === "mmd")?.size, fixed.embedding_mmd);
  }
  return isAbove(psi ?? 0, fixed.psi) || isAbove(text?.size, fixed.text_shift);
}

function isAbove(size: number | undefined, threshold: number | undefined): boolean {
  return size !== undefined && threshold !== undefined && size > threshold;
}
