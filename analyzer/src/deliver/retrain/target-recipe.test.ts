import { existsSync, readdirSync, readFileSync } from "node:fs";
import { TARGET_KINDS, type TargetKind } from "@leeway/core/retraining";
import { describe, expect, it } from "vitest";
import { TARGET_DOUBLES } from "./testing/target-doubles.ts";

const root = new URL("../../../../", import.meta.url);
const kinds = Object.keys(TARGET_KINDS) as TargetKind[];
const places = recipePlaces();

describe("the recipe for a retraining target", () => {
  it("names a folder, the registry, the doubles and the page of examples", () => {
    expect(places).toEqual([
      "core/src/retraining/targets/<kind>/",
      "core/src/retraining/targets/target-kinds.ts",
      "analyzer/src/deliver/retrain/testing/target-doubles.ts",
      "docs/retraining.md",
    ]);
  });

  it.each(kinds)("holds for %s: every place it names exists, and its double is of its settings", (kind) => {
    expect(places.filter((place) => !existsSync(new URL(place.replace("<kind>", kind), root)))).toEqual([]);
    expect(
      TARGET_KINDS[kind].schema.safeParse({ kind, ...TARGET_DOUBLES[kind].settings }).error,
    ).toBeUndefined();
  });

  it("holds for the registry: core has no folder of an unknown kind", () => {
    const folders = readdirSync(new URL("core/src/retraining/targets/", root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(folders.sort()).toEqual([...kinds].sort());
  });

  // A channel without a target is the webhook: that example has no kind to name.
  it.each(kinds.filter((kind) => kind !== "webhook"))("holds for %s: the page has an example", (kind) => {
    expect(readFileSync(new URL("docs/retraining.md", root), "utf8")).toContain(`"kind":"${kind}"`);
  });
});

/** recipePlaces returns the paths that the recipe in CONTRIBUTING.md names, in their order. */
function recipePlaces(): string[] {
  const recipe = /- \*\*Add a retraining target\.\*\*(.*?)\n- \*\*/s.exec(
    readFileSync(new URL("CONTRIBUTING.md", root), "utf8"),
  );
  return [...(recipe?.[1] ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
}
