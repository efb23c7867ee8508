import type { DriftWindow } from "@leeway/core/evaluation";
import type { WindowProfile } from "@leeway/core/profile";
import type { Reference } from "@leeway/core/records";
import type { AssessWindow } from "../chain/assess-chain.ts";

/** withoutReference returns the assessment of windows whose segment the reference knows too little of: `insufficient_data` with that reason wherever there are rows. */
export function withoutReference(
  assess: AssessWindow,
  profiles: ReadonlyMap<number, WindowProfile>,
  { reference, reason }: { reference: Reference; reason: string },
): AssessWindow {
  return async (window, previousState) => {
    const profile = profiles.get(window.start);
    if (profile === undefined) return assess(window, previousState);
    const outcome = "insufficient_data";
    const detail: DriftWindow = {
      start: window.start,
      end: window.end,
      count: profile.rows,
      outcome,
      reason,
      reference_id: reference.id,
      features: {},
    };
    return { outcome, reason, detail, state: previousState ?? {}, blamed: [] };
  };
}
