import type { DriftWindow, FeatureDrift } from "../../evaluation/index.ts";
import type { Cause } from "../../records/index.ts";
import { SUSPICIOUS } from "../breaks/break-tests.ts";

/** InputHealth is what the drift verdict of the same window said: it decides whether a loss is the concept's or the inputs'. */
export interface InputHealth {
  outcome: string;
  cause?: Cause | undefined;
  reason?: string | undefined;
  /** Features that could be judged, of all that are watched. */
  judged?: number | undefined;
  of?: number | undefined;
  /** Share of the rows whose inputs differ from the reference: of the feature that moved most. */
  moved?: number | undefined;
}

/** inputHealthOf returns what a drift verdict says of the inputs of its window. O(features · bins). */
export function inputHealthOf(
  verdict: { outcome: string; cause?: Cause | undefined; reason?: string | undefined },
  window: Pick<DriftWindow, "features" | "judged" | "of">,
): InputHealth {
  const moved = Object.values(window.features).map((feature) =>
    feature.drifted || isSuspect(feature)
      ? movedShare(feature)
      : isJudged(feature)
        ? 0
        : unseenShareOf(feature),
  );
  return {
    outcome: verdict.outcome,
    cause: verdict.cause,
    reason: verdict.reason,
    judged: window.judged,
    of: window.of,
    moved: Math.max(0, ...moved),
  };
}

/** haveFailed decides whether the inputs of a window were judged to be other than usual. O(1). */
export function haveFailed(inputs: Pick<InputHealth, "outcome"> | undefined): boolean {
  return inputs?.outcome === "alarm" || inputs?.outcome === "drifting";
}

/** isJudged decides whether a feature's verdict says anything of its health. O(1). */
export function isJudged({ outcome }: Pick<FeatureDrift, "outcome">): boolean {
  return outcome === "ok" || outcome === "drifted";
}

// Too improbable to be nothing and not enough for an alarm: what the rows that moved may have done is not the concept's. Of a column whose distance can't be judged, less proves less.
function isSuspect({ tests = [] }: FeatureDrift): boolean {
  const suspicious = tests.some(({ test }) => test === "distance") ? SUSPICIOUS : FAINT;
  return tests.some(({ matters, p_calibrated }) => matters && p_calibrated < suspicious);
}

const FAINT = 0.25;

// Half of the summed differences of shares is the least share of rows that moved; embeddings have no bins, so all of them may have.
function movedShare({
  distribution: { reference, window },
  type,
  out_of_range_rate = 0,
}: FeatureDrift): number {
  if (type === "embedding" || reference.length === 0) return 1;
  const apart = reference.reduce((sum, share, bin) => sum + Math.abs(share - (window[bin] ?? 0)), 0) / 2;
  return Math.max(apart, out_of_range_rate);
}

function unseenShareOf({ out_of_range_rate = 0, new_categories = [] }: FeatureDrift): number {
  return Math.max(
    out_of_range_rate,
    new_categories.reduce((sum, { share }) => sum + share, 0),
  );
}
