import { existsSync, readdirSync, readFileSync } from "node:fs";
import { definitionOf, QUANTITIES, type Quantity, SOURCES, type SourceName } from "@leeway/core/quantities";
import { shareProblem, telemetrySampleSchema } from "@leeway/core/wire";
import { describe, expect, it } from "vitest";
import { readQuantities } from "../scraping/mapping/read-quantities.ts";
import { readFixture } from "../testing/source-fixtures.ts";
import { reportScrape } from "./scrape-report.ts";
import { AGENT_SOURCES } from "./sources.ts";

const root = new URL("../../../", import.meta.url);
const sources = Object.keys(SOURCES) as SourceName[];
const places = recipePlaces();

describe("the recipe for a telemetry source", () => {
  it("names two folders and two registries", () => {
    expect(places).toEqual([
      "core/src/quantities/<source>/",
      "sdk/src/agent/<source>/",
      "core/src/quantities/sources.ts",
      "sdk/src/agent/sources.ts",
    ]);
  });

  it.each(sources)("holds for %s: every place it names exists", (source) => {
    const missing = places.filter((place) => !existsSync(new URL(place.replace("<source>", source), root)));
    expect(missing).toEqual([]);
  });

  it("holds for the registries: both have every source, and no folder is of an unknown one", () => {
    const sorted = [...sources].sort();
    expect(foldersIn("core/src/quantities/")).toEqual(sorted);
    expect(foldersIn("sdk/src/agent/")).toEqual(sorted);
    for (const source of sources) expect(AGENT_SOURCES[source].source).toBe(source);
  });

  it.each(sources)(
    "holds for %s: its fixture gives every quantity of its table, in the quantity's unit",
    (source) => {
      const exposition = readFixture(source);
      const { series, torn } = readQuantities(exposition, [source]);
      const wanted = Object.keys(SOURCES[source].quantities) as Quantity[];
      const optional = new Set(notInOneScrape(source));
      const given = new Set(series.map(({ quantity }) => quantity));
      expect(wanted.filter((quantity) => !given.has(quantity) && !optional.has(quantity))).toEqual([]);
      expect(series.filter(({ isGuess }) => isGuess).map(({ metric }) => metric)).toEqual([]);
      expect([exposition.malformed, torn]).toEqual([0, 0]);
      for (const { quantity, value } of series) {
        if (definitionOf(quantity).unit !== "ratio") continue;
        expect(value, quantity).toBeGreaterThanOrEqual(0);
        expect(value, quantity).toBeLessThanOrEqual(1);
      }
    },
  );

  it.each(sources)("holds for %s: the server takes every sample of its fixture", (source) => {
    const target = {
      ...{ id: "t", name: "t", source, model: "m", version: "1" },
      from: { kind: "http", url: "http://t" },
      ...{ replica: undefined, labels: {}, meta: {}, intervalMs: 1, timeoutMs: 1, maxBytes: 1 },
      ...{ bearerTokenEnv: undefined, bearerTokenFile: undefined, caFile: undefined },
    } as const;
    const options = { rules: [], sendsUnassigned: false, now: 1_700_000_000_000 };
    const { samples } = reportScrape(readFixture(source), target, options);
    expect(samples.length).toBeGreaterThan(0);
    for (const sample of samples) {
      const wire = JSON.parse(JSON.stringify(sample));
      expect(telemetrySampleSchema.parse(wire)).toEqual(wire);
      if (sample.value !== undefined)
        expect(shareProblem(sample.metric, sample.unit, sample.value)).toBeUndefined();
    }
    // Two samples of one series and time would be one of two readings.
    const keys = samples.map(({ metric, replica, attributes }) =>
      JSON.stringify([metric, replica, attributes]),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("holds for the quantities: every one has a source", () => {
    const given = new Set(sources.flatMap((source) => Object.keys(SOURCES[source].quantities)));
    expect(Object.keys(QUANTITIES).filter((quantity) => !given.has(quantity))).toEqual([]);
  });
});

/** vLLM 0.7 had a rate of cache hits where later versions have two counters. */
function notInOneScrape(source: SourceName): Quantity[] {
  return source === "vllm" ? ["cache_hit_ratio"] : [];
}

function foldersIn(folder: string): string[] {
  const entries = readdirSync(new URL(folder, root), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** recipePlaces returns the paths that the recipe in CONTRIBUTING.md names, in their order. */
function recipePlaces(): string[] {
  const recipe = /- \*\*Add a telemetry source\.\*\*(.*?)\n- \*\*/s.exec(
    readFileSync(new URL("CONTRIBUTING.md", root), "utf8"),
  );
  return [...(recipe?.[1] ?? "").matchAll(/`([^`]+\/[^`]*)`/g)].map((match) => match[1] ?? "");
}
