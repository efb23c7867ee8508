import { expect, test } from "vitest";
import { profileRows, referenceFromRows, type WindowProfile } from "../../profile/index.ts";
import { createRandom } from "../../random/index.ts";
import { assessDriftWindow, calibrateDrift } from "../index.ts";

const DAY = 86_400_000;
const ROWS = 400;

/** withoutDeciles returns a window as an uploaded reference keeps it: counts alone. */
function withoutDeciles(window: WindowProfile): WindowProfile {
  return {
    ...window,
    features: window.features.map((feature) => {
      if (feature.numeric === undefined) return feature;
      const { deciles: _deciles, ...numeric } = feature.numeric;
      return { ...feature, numeric };
    }),
  };
}

test.each([0.5, 0.7, 0.8, 0.9, 0.99, 0.9999])(
  "a column of %d zeros is no spike in windows like those of an uploaded reference",
  (share) => {
    const random = createRandom(7);
    const rows = (count: number) => ({
      gain: Array.from({ length: count }, () => (random() < share ? 0 : 1 + 99 * random())),
    });
    const reference = referenceFromRows(rows(14 * ROWS), { from: 0, to: 14 * DAY });
    const dayOf = (day: number) =>
      profileRows(reference, rows(ROWS), { start: day * DAY, end: (day + 1) * DAY });
    const calibration = calibrateDrift(
      Array.from({ length: 14 }, (_, day) => withoutDeciles(dayOf(day))),
      reference,
      { windowMs: DAY },
    );
    for (let day = 14; day < 44; day++) {
      const verdict = assessDriftWindow({
        reference,
        calibration,
        window: dayOf(day),
        previousState: undefined,
      });
      expect(verdict.outcome, verdict.reason).not.toBe("alarm");
    }
  },
);
