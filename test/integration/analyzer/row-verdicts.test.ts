import { type DriftWindow, driftWindowSchema } from "@leeway/core/evaluation";
import type { Monitor } from "@leeway/core/records";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEvaluator } from "../../../analyzer/src/create-evaluator.ts";
import { createPreviewer } from "../../../analyzer/src/create-previewer.ts";
import { createFailureBackoff } from "../../../analyzer/src/queues/failure-backoff.ts";
import { createModelClocks } from "../../../analyzer/src/reconcile/model-clocks.ts";
import { insertTraffic } from "./synthetic-traffic.ts";

// What the rows themselves say (how features are correlated, texts, embeddings) of a segment, and under a fixed threshold. From one day on the two
// distances, the comments and the vectors of the eu are others; the us stay as they were. Lengths and single features never change.
const DAY = 86_400_000;
const FROM = Date.UTC(2026, 0, 5);
const NOW = Date.UTC(2026, 5, 1);
const DAYS = 14;
const CHANGE = 10;
const PROJECT = "default";

let database: TestDatabase;

const monitor = (id: string, rest: Partial<Monitor>): Monitor => ({
  ...{ id, model: "fares", kind: "drift", environment: "production", window: DAY },
  ...{ minimum_count: 30, enabled: true, automatic: false, created_at: FROM },
  ...rest,
});

const MONITORS: Monitor[] = [
  monitor("all", {}),
  monitor("eu", { segment: { region: "eu" } }),
  monitor("us", { segment: { region: "us" } }),
  monitor("small", { segment: { region: "eu", carrier: "UA" } }),
  monitor("fixed", { thresholds: { joint_auc: 0.6, text_shift: 0.6, embedding_mmd: 0.25 } }),
  monitor("psi", { thresholds: { psi: 0.3 } }),
  monitor("named", { features: ["vector", "altitude"] }),
];

beforeAll(async () => {
  database = await createTestDatabase({ now: () => NOW });
  const { store } = database;
  const isOther = (day: number, region: string) => day >= CHANGE && region === "eu";
  await insertTraffic(store, {
    ...{ model: "fares", version: "1", from: FROM, days: DAYS, rowsPerDay: 900, seed: 5 },
    receivedAt: NOW - 120_000,
    coupling: (day, region) => (isOther(day, region) ? 0 : 0.9),
    comment: (random, day, region) =>
      Array.from({ length: 6 }, () => {
        const digits = String(Math.floor(random() * 1e6)).padStart(6, "0");
        const isNumber = random() < (isOther(day, region) ? 0.6 : 0.05);
        return isNumber ? digits : digits.replace(/\d/g, (digit) => "abcdefghij"[Number(digit)]!);
      }).join(" "),
    embedding: (random, day, region) =>
      Array.from({ length: 8 }, (_, k) => random() + random() + (isOther(day, region) && k < 4 ? 0.5 : 0)),
    picture: (day) => day === DAYS - 1,
  });
  for (const one of MONITORS) await store.records.monitor.put(PROJECT, one.id, one, "test");
  const clocks = createModelClocks({ store, idleMs: 60_000, now: () => NOW });
  const evaluator = createEvaluator({
    store,
    clocks,
    memory: new Map(),
    backoff: createFailureBackoff(() => NOW),
    now: () => NOW,
  });
  await evaluator({ project: PROJECT, model: "fares" });
});
afterAll(() => database.close());

async function windows(monitorId: string): Promise<(DriftWindow & { start: number })[]> {
  const stored = await database.store.evaluations.list(PROJECT, {
    ...{ model: "fares", monitorId, from: 0, to: NOW },
  });
  return stored
    .filter(({ outcome }) => outcome !== "no_data")
    .map(({ detail }) => driftWindowSchema.parse(detail));
}

describe("what the rows of a segment say", () => {
  it("is compared with the segment's own rows of the reference, and told where it changed", async () => {
    const eu = await windows("eu");
    const [before, after] = [eu[CHANGE - 2]!, eu[CHANGE + 1]!];
    expect(before).toMatchObject({ outcome: "ok", multivariate: { drifted: false, rows: 300 } });
    expect(before.features["comment"]).toMatchObject({
      drifted: false,
      text: { rows: 300, reference_rows: 500 },
    });
    expect(before.features["comment (embedding)"]).toMatchObject({ type: "embedding", outcome: "ok" });
    expect(before.reason).toMatch(
      /^region=eu: No drift in \d+ features on 300 rows\. Closest to its threshold: /,
    );
    expect(after).toMatchObject({ outcome: "alarm", multivariate: { drifted: true } });
    expect(after.multivariate?.pairs[0]?.features.toSorted()).toEqual(["detour", "distance"]);
    expect(after.features["comment"]).toMatchObject({ drifted: true, text: { drifted: true } });
    expect(after.features["comment (embedding)"]).toMatchObject({ drifted: true });
    expect(after.not_judged).toBeUndefined();
  });

  it("names embeddings that came after the reference", async () => {
    const all = await windows("all");
    expect(all.at(-2)?.not_judged).toBeUndefined();
    expect(all.at(-1)?.not_judged).toEqual([
      {
        ...{ kind: "embedding", feature: "picture", outcome: "not_defined" },
        reason: "the reference holds no embeddings of that name",
      },
    ]);
  });

  it("leaves a segment quiet in which nothing changed", async () => {
    const us = await windows("us");
    expect(us.slice(CHANGE).map(({ outcome }) => outcome)).toEqual(Array(DAYS - CHANGE).fill("ok"));
    expect(us.at(-1)?.multivariate).toMatchObject({ drifted: false, rows: 600 });
  });

  it("is not defined where a window is too small, and the reason says by how much", async () => {
    const last = (await windows("small")).at(-1)!;
    expect(last.multivariate).toBeUndefined();
    expect(last.not_judged?.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ["joint", "not_defined"],
      ["text", "not_defined"],
    ]);
    expect(last.not_judged?.[0]?.reason).toMatch(/^\d\d rows in the window, 200 are needed$/);
    expect(last.features["comment (embedding)"]).toMatchObject({ type: "embedding", drifted: true });
  });
});

describe("fixed thresholds on what the rows say", () => {
  it("alarm where they are passed in the whole traffic, each with its numbers", async () => {
    const fixed = await windows("fixed");
    const [before, after] = [fixed[CHANGE - 2]!, fixed[CHANGE]!];
    expect(before.outcome).toBe("ok");
    expect(before.multivariate?.reason).toMatch(/AUC 0\.\d+ .*not above the fixed threshold 0\.6$/);
    expect(after.outcome).toBe("alarm");
    expect(after.features["comment"]?.reason).toMatch(/a shift of 0\.\d+ is above the fixed threshold 0\.6$/);
    expect(after.thresholds).toEqual({ joint_auc: 0.6, text_shift: 0.6, embedding_mmd: 0.25 });
  });

  it("on PSI alone leave the rest unjudged, which every verdict names", async () => {
    const last = (await windows("psi")).at(-1)!;
    expect(last.outcome).toBe("ok");
    expect(last.not_judged).toEqual(
      [
        { kind: "joint" },
        { kind: "text", feature: "comment" },
        { kind: "embedding", feature: "comment" },
      ].map((one) => ({
        ...one,
        outcome: "not_defined",
        reason: "none of the monitor's fixed thresholds is for it",
      })),
    );
  });

  it("and features that the reference lacks are named, not passed over", async () => {
    const last = (await windows("named")).at(-1)!;
    expect(last.outcome).toBe("insufficient_data");
    expect(last.reason).toContain(
      "vector: the reference has neither a feature nor an embedding of that name",
    );
  });
});

describe("a preview of a monitor over the same history", () => {
  // Those that nobody made are what a model gets by itself.
  const automatic = ["performance", "volume", "labels"].map((kind) => `fares/${kind}`);

  it.each([...MONITORS.map(({ id }) => id), ...automatic])(
    "tells what %s told, window by window",
    async (id) => {
      const { store } = database;
      const saved = (await store.records.monitor.get(PROJECT, id))!;
      const stored = await store.evaluations.list(PROJECT, {
        model: "fares",
        monitorId: id,
        from: 0,
        to: NOW,
      });
      const previewer = createPreviewer({
        store,
        clocks: createModelClocks({ store, idleMs: 60_000, now: () => NOW }),
        now: () => NOW,
      });
      const result = await previewer({
        ...{
          project: PROJECT,
          monitor: { ...saved, id: "preview" },
          version: "1",
          from: 0,
          to: NOW,
          deadline: NOW,
        },
      });
      const preview = result.outcome === "previewed" ? result.preview : undefined;
      expect(preview?.windows).toEqual(
        stored.map(({ window_start, window_end, outcome }) => ({
          start: window_start,
          end: window_end,
          outcome,
        })),
      );
      const begun = stored.filter(
        ({ outcome }, i) => outcome === "alarm" && stored[i - 1]?.outcome !== "alarm",
      );
      expect(preview?.alarms.map(({ start, reason }) => [start, reason])).toEqual(
        begun.map(({ window_start, reason }) => [window_start, reason]),
      );
      // Every window is judged or named, and so is everything in it that was watched.
      const unjudged = preview?.not_evaluated ?? [];
      const whole = unjudged.filter(({ kind }) => kind === "window");
      expect(whole.reduce((sum, { windows: count }) => sum + count, 0) + (preview?.judged ?? 0)).toBe(
        stored.length,
      );
      const named = new Set(
        stored
          .filter(({ outcome, kind }) => kind === "drift" && ["ok", "drifting", "alarm"].includes(outcome))
          .flatMap(({ detail }) => driftWindowSchema.parse(detail).not_judged ?? [])
          .map(({ kind, feature }) => `${kind} ${feature}`),
      );
      for (const one of named) {
        expect(unjudged.map(({ kind, feature }) => `${kind} ${feature}`)).toContain(one);
      }
    },
  );

  it("stores nothing, and gives up in time with how far it came", async () => {
    const { store } = database;
    // Each look at the clock takes a millisecond: some blocks of windows are judged before it is too late.
    let now = NOW - 4;
    const clocks = createModelClocks({ store, idleMs: 60_000, now: () => NOW });
    const job = {
      ...{ project: PROJECT, monitor: monitor("preview", { window: DAY / 24 }), version: "1" },
      ...{ from: 0, to: NOW, deadline: NOW },
    };
    const result = await createPreviewer({ store, clocks, now: () => now++ })(job);
    expect(result).toMatchObject({
      outcome: "too_long",
      reason: expect.stringMatching(/^[1-9]\d* of 337 windows were/),
    });
    const stored = await store.evaluations.list(PROJECT, {
      ...{ model: "fares", monitorId: "preview", from: 0, to: NOW },
    });
    expect(stored).toEqual([]);
    expect(await store.records.monitor.get(PROJECT, "preview")).toBeUndefined();
  });
});
