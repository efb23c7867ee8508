import { expect, it } from "vitest";
import { type RecordChanged, recordChanged } from "./record-changed.ts";
import { versionSeen } from "./version-seen.ts";

const changeOf = (rest: Partial<RecordChanged>): RecordChanged => ({
  ...{ kind: "monitor", id: "drift-1", revision: 5, deleted: false, actor: "ada", at: 1_000 },
  ...{ body: { model: "fraud", kind: "drift", enabled: true, window: 1 }, before: undefined },
  ...rest,
});
const drift = { model: "fraud", kind: "drift", enabled: true, window: 1 };
const version = { model: "fraud", version: "7" };

it.each<[string, Partial<RecordChanged>, string | undefined]>([
  ["a monitor that a person makes", {}, "Monitor drift-1 (drift) was made"],
  ["a monitor that the product sets up", { actor: "leeway" }, undefined],
  [
    "a monitor that is changed",
    { before: drift, body: { ...drift, window: 2, thresholds: { psi: 1 } } },
    "Monitor drift-1 (drift) was changed: thresholds, window",
  ],
  [
    "a monitor that is switched off",
    { before: drift, body: { ...drift, enabled: false } },
    "Monitor drift-1 (drift) was switched off",
  ],
  ["a monitor that is stored as it was", { before: drift, body: { ...drift, created_at: 9 } }, undefined],
  ["a monitor that is removed", { before: drift, deleted: true }, "Monitor drift-1 (drift) was removed"],
  ["a model that is new", { kind: "model", body: { model: "fraud", task: "binary" } }, undefined],
  [
    "a model's settings",
    {
      kind: "model",
      before: { model: "fraud", window: 1 },
      body: { model: "fraud", window: 2, owner: "bo" },
    },
    "Settings of the model were changed: window",
  ],
  [
    "a promotion",
    { kind: "version", before: { ...version, stage: "staging" }, body: { ...version, stage: "production" } },
    "Version 7 was moved to production from staging",
  ],
  [
    "an archival",
    { kind: "version", before: version, body: { ...version, stage: "archived" } },
    "Version 7 was archived",
  ],
  [
    "a version whose stage stays",
    {
      kind: "version",
      before: { ...version, stage: "shadow" },
      body: { ...version, stage: "shadow", git_sha: "a" },
    },
    undefined,
  ],
  ["a reference that is given", { kind: "reference", body: version }, "A reference was given for version 7"],
  ["a reference that the product takes", { kind: "reference", body: version, actor: "leeway" }, undefined],
  [
    "a reference that is chosen",
    { kind: "reference_choice", body: version },
    "Another reference was chosen for version 7",
  ],
])("%s", (_what, change, title) => {
  const event = recordChanged(changeOf(change));
  expect(event?.title).toBe(title);
  if (event !== undefined) expect(event).toMatchObject({ model: "fraud", timestamp: 1_000 });
});

it("gives a revision one id, and the next one another", () => {
  const idOf = (revision: number) => recordChanged(changeOf({ revision }))?.id;
  expect(idOf(5)).toBe(idOf(5));
  expect(idOf(5)).not.toBe(idOf(6));
});

it("gives a version in an environment one id, whenever its first prediction turns out to be", () => {
  const seen = { model: "fraud", version: "7", environment: "staging", firstSeenAt: 9 };
  expect(versionSeen(seen)).toMatchObject({
    timestamp: 9,
    title: "First prediction of version 7 in staging",
  });
  expect(versionSeen({ ...seen, firstSeenAt: 8 }).id).toBe(versionSeen(seen).id);
  expect(versionSeen({ ...seen, environment: "production" }).id).not.toBe(versionSeen(seen).id);
});
