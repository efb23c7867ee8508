import { existsSync, readdirSync, readFileSync } from "node:fs";
import { monitorKindSchema } from "@leeway/core/records";
import { describe, expect, it } from "vitest";

const root = new URL("../../../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const recipe = /- \*\*Add a kind of monitor\.\*\*(.*?)\n- \*\*/s.exec(read("CONTRIBUTING.md"))?.[1] ?? "";
const places = [...recipe.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
const own = places.filter((place) => place.includes("<kind>"));
const shared = places.filter((place) => !place.includes("<kind>"));
const folderOf = (kind: string) => kind.replaceAll("_", "-");

describe("the recipe for a kind of monitor", () => {
  it("names two places of its own and four that all kinds share", () => {
    expect([own.length, shared.length]).toEqual([2, 4]);
  });

  it.each(monitorKindSchema.options)("holds for %s: every place of its own exists", (kind) => {
    const missing = own.filter(
      (place) => !existsSync(new URL(place.replace("<kind>", folderOf(kind)), root)),
    );
    expect(missing).toEqual([]);
  });

  it.each(shared.map((place) => [place]))("holds for %s, which names every kind", (place) => {
    const unnamed = monitorKindSchema.options.filter((kind) => !read(place).includes(`"${kind}"`));
    expect(unnamed).toEqual([]);
  });

  it("holds for the schema: no kind has a folder of verdicts that the schema does not know", () => {
    const folders = readdirSync(new URL("core/src/verdicts/", root)).filter((name) =>
      existsSync(new URL(`analyzer/src/evaluate/kinds/${name}.ts`, root)),
    );
    expect(folders.sort()).toEqual(monitorKindSchema.options.map(folderOf).sort());
  });
});
