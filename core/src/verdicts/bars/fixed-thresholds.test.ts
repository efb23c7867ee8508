import { beforeAll, describe, expect, test } from "vitest";
import { type DriftWindow, driftWindowSchema } from "../../evaluation/index.ts";
import { type EmbeddedRow, profileRows, referenceFromRows, type SampledRow } from "../../profile/index.ts";
import { createRandom, drawNormal } from "../../random/index.ts";
import type { DriftThresholds, Reference } from "../../records/index.ts";
import { assessDriftWindow, type DriftVerdict } from "../drift/assess-drift-window.ts";
import { replayDrift } from "../drift/replay-drift.ts";
import { sampledKinds } from "../drift/sampled-kinds.ts";
import type { WindowEvidence } from "../drift/window-evidence.ts";
import { assessEmbedding } from "../embeddings/assess-embedding.ts";
import { createEmbeddingBaseline } from "../embeddings/embedding-baseline.ts";
import { assessJoint } from "../joint/assess-joint.ts";
import { createJointBaseline } from "../joint/joint-baseline.ts";
import { measureJoint } from "../joint/measure-joint.ts";
import { assessText } from "../text/assess-text.ts";
import { textLimit } from "../text/measure-text.ts";
import { createTextBaseline } from "../text/text-baseline.ts";
import { calibrateDrift } from "./calibrate-drift.ts";
import { fixedThresholds } from "./fixed-thresholds.ts";

const DAY = 86_400_000;
const random = createRandom(8);

interface Change {
  coupling: number;
  shouting: number;
  vector: number;
}
const NOTHING: Change = { coupling: 0.9, shouting: 0.2, vector: 0 };
type Row = SampledRow & EmbeddedRow;

function drawRows(count: number, time: number, { coupling, shouting, vector }: Change): Row[] {
  return Array.from({ length: count }, () => {
    const amount = drawNormal(random);
    const fee = coupling * amount + Math.sqrt(1 - coupling ** 2) * drawNormal(random);
    const words = Array.from({ length: 5 }, () => (random() < shouting ? "NEVER" : "maybe"));
    return {
      time,
      numbers: { amount, fee },
      strings: { note: words.join(" ") },
      booleans: {},
      embeddings: { image: Array.from({ length: 6 }, () => vector + drawNormal(random)) },
    };
  });
}

const columns = (rows: readonly Row[]) => ({
  amount: rows.map(({ numbers }) => numbers["amount"]!),
  fee: rows.map(({ numbers }) => numbers["fee"]!),
  // What a profile counts of free text is its length; these differ in it by chance alone.
  note: rows.map(({ strings }) => strings["note"]!.length + random()),
});
const windows = Array.from({ length: 6 }, (_, i) => ({
  start: i * DAY,
  end: (i + 1) * DAY,
  rows: drawRows(400, i * DAY, NOTHING),
}));
const sample = windows.flatMap(({ rows }) => rows);
const counted = referenceFromRows(columns(sample), { from: 0, to: 6 * DAY });
const reference: Reference = {
  ...counted,
  features: counted.features.map((one) => (one.name === "note" ? { ...one, type: "text" } : one)),
};
const calibration = calibrateDrift(
  windows.map(({ rows, start, end }) => profileRows(reference, columns(rows), { start, end })),
  reference,
  { windowMs: DAY },
);

let judge: (thresholds: DriftThresholds, change?: Partial<Change>, count?: number) => DriftVerdict;
beforeAll(async () => {
  const joint = (await createJointBaseline({ features: reference.features, sample, windows }))!;
  const text = createTextBaseline("note", textLimit(1), { sample, windows })!;
  const embedding = (await createEmbeddingBaseline({ name: "image", dimensions: 6 }, { sample, windows }))!;
  const point = calibration.operating_point;
  judge = (thresholds, change = {}, count = 400) => {
    const rows = drawRows(count, 20 * DAY, { ...NOTHING, ...change });
    const measured = measureJoint(joint.reference, rows, 1);
    const characters = assessText(text, rows, point, "largest");
    const evidence: WindowEvidence = {
      joint:
        measured === undefined ? undefined : assessJoint(joint.reference, joint.calibration, measured, point),
      texts: characters === undefined ? undefined : new Map([["note", characters]]),
      embeddings: [assessEmbedding(embedding, rows, point)],
    };
    const verdict = assessDriftWindow({
      ...{ reference, calibration, evidence, monitor: { minimum_count: 30, thresholds } },
      window: profileRows(reference, columns(rows), { start: 20 * DAY, end: 21 * DAY }),
    });
    const stored: DriftWindow = driftWindowSchema.parse(JSON.parse(JSON.stringify(verdict.detail)));
    const replayed = replayDrift(stored);
    expect([replayed.outcome, replayed.state]).toEqual([verdict.outcome, verdict.state]);
    return verdict;
  };
});

describe("a fixed threshold", () => {
  test.each<[string, DriftThresholds, Partial<Change>, RegExp]>([
    [
      "joint drift's area",
      { joint_auc: 0.65 },
      { coupling: 0 },
      /^Jointly: .*AUC 0\.[7-9]\d* \(0\.\d+ to 0\.\d+\), above the fixed threshold 0\.65/,
    ],
    [
      "the shift of what texts are made of",
      { text_shift: 0.5 },
      { shouting: 0.6 },
      /^note: share of (capitals|letters|.*) \d.* % against \d.* % in the reference, a shift of 1\.\d+ is above the fixed threshold 0\.5/,
    ],
    [
      "an embedding's maximum mean discrepancy",
      { embedding_mmd: 0.2 },
      { vector: 0.8 },
      /^image: the mean embedding lies 0\.\d+ of the reference's spread away, MMD 0\.\d+, which is above the fixed threshold 0\.2/,
    ],
  ])(
    "on %s alarms at once where it is passed, and says so with its numbers",
    (_, thresholds, change, said) => {
      const moved = judge(thresholds, change);
      expect(moved.outcome).toBe("alarm");
      const { features, multivariate } = moved.detail;
      expect((multivariate ?? Object.values(features).find(({ drifted }) => drifted))?.reason).toMatch(said);
      expect(moved.detail).toMatchObject({ thresholds });
      expect(moved.detail.operating_point).toBeUndefined();
      const still = judge(thresholds);
      expect(still.outcome).toBe("ok");
      expect(still.reason).toMatch(/^(ok \(1 of 4 judged\): )?No drift .*not above the fixed threshold/);
    },
  );

  test("leaves what it is not for unjudged, however far that moved", () => {
    const { outcome, detail } = judge({ psi: 5 }, { coupling: 0, shouting: 0.9, vector: 3 });
    expect(outcome).toBe("ok");
    expect(detail.multivariate).toBeUndefined();
    expect(detail.features["image"]).toMatchObject({ outcome: "not_defined" });
    const { features } = judge({ joint_auc: 0.65 }).detail;
    expect(features["amount"]).toMatchObject({ outcome: "not_defined", drifted: false });
    expect(features["amount"]?.reason).toMatch(/^amount: none of the fixed thresholds is for it; PSI 0/);
  });

  test("is passed by any of several sizes, each against its own", () => {
    const all = { psi: 0.5, text_shift: 0.5, embedding_mmd: 0.2, joint_auc: 0.65 };
    expect(judge(all).outcome).toBe("ok");
    expect(judge(all, { vector: 0.8 }).state.alarm_features).toEqual(["image"]);
    expect(judge(all, { shouting: 0.6 }).state.alarm_features).toEqual(["note"]);
  });

  test("is never taken for kept where too few rows could be looked at", () => {
    for (const thresholds of [{ joint_auc: 0.65 }, { text_shift: 0.5 }]) {
      expect(judge(thresholds, {}, 60)).toMatchObject({ outcome: "not_defined" });
    }
    const embedding = judge({ embedding_mmd: 0.2 }, {}, 40);
    expect(embedding.detail.features["image"]).toMatchObject({ outcome: "insufficient_data" });
    expect(embedding.outcome).toBe("not_defined");
  });
});

test("only what a monitor has a threshold for is looked at in the rows", () => {
  const none = { joint: false, text: false, embedding: false };
  expect(sampledKinds({})).toEqual({ joint: true, text: true, embedding: true });
  expect(sampledKinds({ thresholds: { psi: 0.2 } })).toEqual(none);
  expect(sampledKinds({ thresholds: { joint_auc: 0.6 } })).toEqual({ ...none, joint: true });
  expect(fixedThresholds({ thresholds: { metric: "accuracy", minimum: 0.9 } })).toBeUndefined();
});
