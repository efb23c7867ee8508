import { expect, test } from "vitest";
import type { Reference, ReferenceChoice } from "../records/index.ts";
import { referenceOf } from "./reference-of.ts";

const reference = (id: string, version: string, source: Reference["source"], created_at: number) =>
  ({ id, version, source, created_at }) as const;
const use = (reference_id: string, at: number, version = "2"): ReferenceChoice => ({
  ...{ use: "reference", model: "m", by: "ann@example.com" },
  ...{ version, reference_id, at },
});
const anew = (at: number): ReferenceChoice => ({ use: "automatic", model: "m", version: "2", at, by: "ann" });

const automatic = [reference("a1", "2", "automatic", 1), reference("a2", "2", "automatic", 9)];
const others = [reference("o1", "1", "upload", 2), reference("o2", "1", "window", 3)];
const given = [reference("g1", "2", "upload", 4), reference("g2", "2", "window", 5)];

test.each<
  [
    string,
    (typeof automatic)[number][] | ReturnType<typeof reference>[],
    ReferenceChoice[],
    string | undefined,
    boolean,
  ]
>([
  ["the newest given for it", [...automatic, ...others, ...given], [], "g2", true],
  ["the newest given for another version", [...automatic, ...others], [], "o2", false],
  ["its own first automatic one", automatic, [], "a1", true],
  [
    "nothing, where there is only another version's automatic one",
    [reference("x", "1", "automatic", 1)],
    [],
    undefined,
    false,
  ],
  ["nothing yet", [], [], undefined, false],
  [
    "what a person chose, though another was given for it",
    [...others, ...given],
    [use("o1", 6)],
    "o1",
    false,
  ],
  ["what was given after a person chose", [...others, ...given], [use("o1", 4)], "g2", true],
  ["the later of two choices", [...others, ...given], [use("o1", 6), use("g1", 7)], "g1", true],
  ["a choice for another version decides nothing", [...others, ...given], [use("o1", 6, "1")], "g2", true],
  ["a chosen reference that is gone", [...others, ...given], [use("gone", 6)], "g2", true],
  [
    "the automatic one taken after a person asked for a new one",
    [...automatic, ...given],
    [anew(7)],
    "a2",
    true,
  ],
  ["nothing, until a new automatic one is taken", [...automatic, ...others], [anew(10)], undefined, false],
])("a version is compared with %s", (_, references, choices, id, isOwn) => {
  const found = referenceOf({ version: "2", references, choices });
  expect(found?.reference.id).toBe(id);
  if (id !== undefined) expect(found?.isOwn).toBe(isOwn);
});

test("a chosen reference counts from when it was chosen, so that older verdicts are made again", () => {
  const chosen = referenceOf({ version: "2", references: given, choices: [use("g1", 8)] });
  expect(chosen?.since).toBe(8);
});
