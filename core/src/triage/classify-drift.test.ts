import { describe, expect, test } from "vitest";
import { type Column, profileRows, type Rows, referenceFromRows } from "../profile/index.ts";
import { createRandom, drawNormal } from "../random/index.ts";
import type { ReferenceFeature } from "../records/index.ts";
import { featureBins } from "../verdicts/feature/feature-bins.ts";
import { featureStatistics } from "../verdicts/feature/feature-statistics.ts";
import { classifyDrift } from "./classify-drift.ts";
import { type FeatureChange, featureEvidence } from "./feature-evidence.ts";
import { oneSourceOnly } from "./one-source-only.ts";

const random = createRandom(21);
const column = (rows: number, mean: number, deviation: number): Column =>
  Array.from({ length: rows }, () => mean + deviation * drawNormal(random));
const rows = (count: number): Rows => ({
  height: column(count, 170, 9),
  weight: column(count, 70, 12),
  income: column(count, 3_000, 600),
});
const reference = referenceFromRows(rows(4_000), { from: 0, to: 1 });

// Drifted features as the verdict hands them over: here every feature whose column the window changed.
function changesOf(window: Rows, names: string[], means: Record<string, number[]> = {}): FeatureChange[] {
  const profile = profileRows(reference, window, { start: 0, end: 1 });
  return names.map((name) => {
    const found = reference.features.find((feature) => feature.name === name)!;
    const feature: ReferenceFeature =
      means[name] === undefined ? found : { ...found, prediction_means: means[name] };
    const featureProfile = profile.features.find((candidate) => candidate.name === name);
    const bins = featureBins(feature, featureProfile, profile.count);
    return {
      reference: feature,
      profile: featureProfile,
      drift: {
        ...featureStatistics(feature, featureProfile, profile, bins),
        outcome: "drifted",
        threshold: 0.1,
        p_adjusted: 0,
        drifted: true,
        reason: "",
      },
    };
  });
}

const shifted = (by: number) => (value: Column[number]) => (typeof value === "number" ? value + by : value);

describe("classifyDrift", () => {
  test("calls swapped columns a broken pipeline and names both", () => {
    const now = rows(500);
    const swapped = { ...now, height: now["weight"]!, weight: now["height"]! };
    const found = classifyDrift({
      changes: changesOf(swapped, ["height", "weight"]),
      hasPredictionDrifted: false,
    });
    expect(found.cause).toBe("pipeline");
    expect(found.features.map((feature) => feature.evidence)).toEqual([
      "values look like those of weight: the two columns seem to have changed places",
      "values look like those of height: the two columns seem to have changed places",
    ]);
  });

  test("columns nearer to each other's reference than to their own may have changed places: not settled", () => {
    const now = rows(500);
    const between = {
      ...now,
      height: now["weight"]!.map(shifted(20)),
      weight: now["height"]!.map(shifted(-15)),
    };
    const found = classifyDrift({
      changes: changesOf(between, ["height", "weight"]),
      hasPredictionDrifted: false,
    });
    expect([found.cause, found.confidence]).toEqual(["input_drift", 0.4]);
    expect(found.headline).toMatch(/may have changed places, or both have moved: cause not settled$/);
  });

  test("an output that moved while an input could not be judged is settled by nothing", () => {
    const moved = { changes: [], hasPredictionDrifted: true };
    expect(classifyDrift({ ...moved, unjudged: 0 }).cause).toBe("pipeline");
    const found = classifyDrift({ ...moved, unjudged: 2 });
    expect([found.cause, found.confidence]).toEqual(["input_drift", 0.4]);
    expect(found.headline).toContain("no input that could be judged did (2 could not): cause not settled");
  });

  test("calls several features that move without a mark of breakage a drift of the inputs", () => {
    const now = rows(500);
    const moved = {
      ...now,
      height: now["height"]!.map(shifted(6)),
      income: now["income"]!.map(shifted(500)),
    };
    const found = classifyDrift({
      changes: changesOf(moved, ["height", "income"]),
      hasPredictionDrifted: true,
    });
    expect(found.cause).toBe("input_drift");
    expect(found.confidence).toBeGreaterThan(0.6);
    expect(found.features.reduce((sum, feature) => sum + (feature.impact ?? 0), 0)).toBeCloseTo(1, 12);
  });

  test("ranks first the feature that moved the predictions, not the one that moved most", () => {
    const now = rows(500);
    const moved = {
      ...now,
      height: now["height"]!.map(shifted(4)),
      income: now["income"]!.map(shifted(1_000)),
    };
    const flat = new Array<number>(10).fill(0.2);
    const steep = [0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.45, 0.6, 0.8];
    const found = classifyDrift({
      changes: changesOf(moved, ["height", "income"], { height: steep, income: flat }),
      hasPredictionDrifted: true,
      output: { difference: 0.12, deviation: 0.25 },
    });
    expect(found.features[0]?.name).toBe("height");
    expect(found.features[0]?.impact).toBeGreaterThan(0.95);
    // Half a standard deviation up on a curve that climbs from 0.01 to 0.8.
    expect(found.features[0]?.effect).toBeGreaterThan(0.08);
    expect(found.features[0]?.effect).toBeLessThan(0.15);
    expect(found.features[0]?.evidence).toMatch(/explains about \+0\.1\d* of the mean prediction's \+0\.12/);
    expect(found.features[1]?.evidence).toContain("hardly moves the mean prediction");
  });

  test.each([1, 0.5, 0.1])(
    "puts a column that lost %d of its values before one whose drift explains the whole change of the output",
    (lost) => {
      const now = rows(500);
      const moved = {
        ...now,
        height: now["height"]!.map(shifted(12)),
        income: now["income"]!.map((value, row) => (row < lost * 500 ? null : value)),
      };
      const steep = [0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.45, 0.6, 0.8];
      const found = classifyDrift({
        changes: changesOf(moved, ["height", "income"], { height: steep, income: Array(10).fill(0.2) }),
        hasPredictionDrifted: true,
        output: { difference: 0.2, deviation: 0.25 },
      });
      expect(found.cause).toBe("pipeline");
      expect(found.features.map(({ name }) => name)).toEqual(["income", "height"]);
      expect(found.headline).toMatch(/^income: .* of the values are missing/);
    },
  );

  test("suspects what is deployed when the output moves and no input does", () => {
    const found = classifyDrift({ changes: [], hasPredictionDrifted: true });
    expect(found.cause).toBe("pipeline");
    expect(found.confidence).toBe(0.5);
    expect(found.headline).toContain("what is deployed");
  });

  test("calls it a pipeline when one replica alone has drifted", () => {
    const now = rows(500);
    const moved = { ...now, height: now["height"]!.map(shifted(6)) };
    const sources = [
      { tag: "replica", value: "a", rows: 250, psi: 0.6, threshold: 0.1, isDrifted: true },
      { tag: "replica", value: "b", rows: 240, psi: 0.02, threshold: 0.1, isDrifted: false },
      { tag: "replica", value: "c", rows: 260, psi: 0.03, threshold: 0.1, isDrifted: false },
    ];
    const found = classifyDrift({
      changes: changesOf(moved, ["height"]),
      hasPredictionDrifted: false,
      sources,
    });
    expect(found.cause).toBe("pipeline");
    expect(found.headline).toContain("only replica=a (33.3 % of the rows) has drifted, the other 2 have not");
  });
});

test.each([
  ["all have drifted", [0.5, 0.5, 0.5], false],
  ["most have", [0.5, 0.5, 0.01], false],
  ["one of three has", [0.5, 0.01, 0.01], true],
  ["none has", [0.01, 0.01, 0.01], false],
  ["there is one source", [0.5], false],
  ["the others are on their way", [0.5, 0.3, 0.08, 0.3], false],
])("oneSourceOnly: %s", (_, psis, expected) => {
  const sources = psis.map((psi, i) => shareOf("replica", `r${i}`, psi));
  expect(oneSourceOnly(sources) !== undefined).toBe(expected);
});

test("oneSourceOnly names the tag that points at the fewest rows", () => {
  const sources = [
    ...["eu", "us"].map((value, i) => shareOf("region", value, i === 0 ? 0.4 : 0.01, 400)),
    ...["a", "b", "c", "d"].map((value, i) => shareOf("replica", value, i === 1 ? 0.9 : 0.02, 200)),
  ];
  expect(oneSourceOnly(sources)?.sentence).toBe(
    "only replica=b (25 % of the rows) has drifted, the other 3 have not",
  );
});

function shareOf(tag: string, value: string, psi: number, rows = 100) {
  return { tag, value, rows, psi, threshold: 0.1, isDrifted: psi > 0.1 && psi !== 0.3 };
}

describe("featureEvidence", () => {
  const values = column(4_000, 60, 8);
  const steady = referenceFromRows({ x: values, placeholder: values.map(() => 0.4149) }, { from: 0, to: 1 });
  const evidenceOf = (name: string, window: Column, threshold: number) => {
    const profile = profileRows(steady, { [name]: window }, { start: 0, end: 1 });
    const feature = steady.features.find((found) => found.name === name)!;
    const featureProfile = profile.features.find((found) => found.name === name);
    const bins = featureBins(feature, featureProfile, profile.count);
    const statistics = featureStatistics(feature, featureProfile, profile, bins);
    const verdict = { outcome: "drifted", threshold, p_adjusted: 0, drifted: true, reason: "" } as const;
    return featureEvidence({
      reference: feature,
      profile: featureProfile,
      drift: { ...statistics, ...verdict },
    });
  };
  const halved = column(300, 60 / 2.2046226, 8 / 2.2046226);

  test("believes a change of unit of a column that stood still in its reference", () => {
    expect(evidenceOf("x", halved, 0.06)).toMatchObject({ kind: "unit_change" });
  });

  test("and doubts it of one whose own windows wander as far", () => {
    const wandering = evidenceOf("x", halved, 3.9);
    expect(wandering.pipelineConfidence).toBeLessThan(0.6);
  });

  test("names a placeholder that began to vary, without counting shifts in rounding errors", () => {
    const found = evidenceOf("placeholder", column(300, 0.45, 0.05), 0.06);
    expect(found.kind).toBe("began_to_vary");
    expect(found.sentence).toContain("every value of the reference is 0.415, now values vary");
  });
});
