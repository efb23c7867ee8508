import { expect, test } from "vitest";
import type { Monitor, ReferenceChoice } from "../records/index.ts";
import { referenceChangeSentence, referenceEffects } from "./reference-effects.ts";

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 0, 5);

const versions = ["1", "2"].map((version) => ({
  ...{ version, environment: "production", firstSeen: T0, lastSeen: T0 + 10 * DAY },
}));
const monitor = (kind: Monitor["kind"], enabled = true) =>
  ({ kind, enabled, environment: "production", window: DAY }) as Monitor;
const monitors = [monitor("drift"), monitor("performance"), monitor("volume"), monitor("drift", false)];
const upload = { id: "u", version: "1", source: "upload", created_at: 1 } as const;
const window = { id: "w", version: "2", source: "window", created_at: 2 } as const;
const choice: ReferenceChoice = {
  ...{ use: "reference", model: "m", version: "2", reference_id: "u", at: 3, by: "ann@example.com" },
};

test("a change names every version that gets another reference, with the windows that are judged again", () => {
  const effects = referenceEffects({
    before: { references: [upload], choices: [] },
    after: { references: [upload, window], choices: [] },
    ...{ versions, monitors },
  });
  expect(effects).toEqual([
    {
      ...{ version: "2", environment: "production", before: "u", after: "w" },
      ...{ monitors: 2, windows: 20, from: T0, to: T0 + 10 * DAY },
    },
  ]);
  expect(referenceChangeSentence(effects)).toBe(
    "20 windows of version 2 are judged again, from 2026-01-05 to 2026-01-15. Open incidents may change their cause or resolve.",
  );
});

test("choosing what is in use anyway changes no verdict but is judged again, as the person asked", () => {
  const effects = referenceEffects({
    before: { references: [upload], choices: [] },
    after: { references: [upload], choices: [choice] },
    ...{ versions, monitors },
  });
  expect(effects).toMatchObject([{ version: "2", before: "u", after: "u" }]);
});

test("a new automatic reference leaves the inputs unjudged until there is one, and says so", () => {
  const anew: ReferenceChoice = { use: "automatic", model: "m", version: "2", at: 5, by: "ann@example.com" };
  const effects = referenceEffects({
    before: { references: [upload], choices: [] },
    after: { references: [upload], choices: [anew] },
    ...{ versions, monitors },
  });
  expect(effects).toMatchObject([{ version: "2", before: "u", after: null }]);
  expect(referenceChangeSentence(effects)).toContain("Until a new reference can be taken");
});

test("a change that no version feels says so", () => {
  const state = { references: [upload], choices: [] };
  expect(referenceEffects({ before: state, after: state, versions, monitors })).toEqual([]);
  expect(referenceChangeSentence([])).toContain("nothing is judged again");
});
