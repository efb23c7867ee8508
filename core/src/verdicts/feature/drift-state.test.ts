import { expect, test } from "vitest";
import { type DriftState, type FeatureStanding, initialDriftState, stepDriftState } from "./drift-state.ts";

const healthy: FeatureStanding = { name: "age", isDrifted: false, isGross: false, isHeld: false };
const drifted: FeatureStanding = { name: "age", isDrifted: true, isGross: false, isHeld: true };
const gross: FeatureStanding = { ...drifted, isGross: true };
const held: FeatureStanding = { ...healthy, isHeld: true };
const slow: FeatureStanding = { ...drifted, windowsNeeded: 4 };
const other: FeatureStanding = { ...drifted, name: "income" };

function run(windows: FeatureStanding[][], gapBefore = -1): string[] {
  let state: DriftState = initialDriftState();
  return windows.map((standings, index) => {
    const start = index + (gapBefore >= 0 && index >= gapBefore ? 5 : 0);
    const step = stepDriftState(state, standings, { start, end: start + 1 }, 2);
    state = step.state;
    return step.outcome;
  });
}

test.each<[string, FeatureStanding[][], string[]]>([
  ["healthy windows are OK", [[healthy], [healthy]], ["ok", "ok"]],
  ["one drifted window is not yet an alarm", [[drifted], [healthy]], ["drifting", "ok"]],
  ["two in a row are", [[drifted], [drifted]], ["drifting", "alarm"]],
  [
    "two with a healthy one between are not",
    [[drifted], [healthy], [drifted]],
    ["drifting", "ok", "drifting"],
  ],
  ["a gross break is at once", [[gross]], ["alarm"]],
  ["two features once each are not an alarm", [[drifted], [other]], ["drifting", "drifting"]],
  ["an alarm holds while the feature is improbable", [[gross], [held], [held]], ["alarm", "alarm", "alarm"]],
  ["holding raises nothing by itself", [[held], [held]], ["ok", "ok"]],
  [
    "a feature that needs four windows in a row is an alarm in the fourth",
    [[slow], [slow], [slow], [slow]],
    ["drifting", "drifting", "drifting", "alarm"],
  ],
  ["an alarm ends with the deviation", [[gross], [healthy], [held]], ["alarm", "ok", "ok"]],
])("%s", (_, windows, outcomes) => {
  expect(run(windows)).toEqual(outcomes);
});

test("a hole in the data breaks a streak", () => {
  expect(run([[drifted], [drifted]], 1)).toEqual(["drifting", "drifting"]);
});
