import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LeewayError } from "@leeway/core/errors";
import { findLeewayError } from "@leeway/core/errors";
import type { Evaluation } from "@leeway/core/evaluation";
import { foldedVerdict, stoppedVerdict } from "@leeway/core/incidents";
import { createStore } from "@leeway/store";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrate } from "../../../store/src/migrations/migrate.ts";

let clock = Date.UTC(2026, 0, 5);
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase({ now: () => clock });
});
afterAll(() => test.close());

const model = (name: string, description: string) => ({
  model: name,
  task: "binary" as const,
  configured: true,
  created_at: 1,
  description,
});

describe("records", () => {
  it("give the latest value and keep every earlier one, who wrote it and when", async () => {
    const { model: models } = test.store.records;
    await models.put("default", "a", model("a", "first"), "ada");
    clock += 5;
    await models.put("default", "a", model("a", "it's 'quoted' \\ ü"), "bob");
    await models.put("default", "a", model("a", "same millisecond"), "cleo");
    expect((await models.get("default", "a"))?.description).toBe("same millisecond");
    const history = await models.history("default", "a");
    expect(history.map(({ actor, body }) => [actor, body.description])).toEqual([
      ["cleo", "same millisecond"],
      ["bob", "it's 'quoted' \\ ü"],
      ["ada", "first"],
    ]);
  });

  it("that were removed are gone from lists and stay in history", async () => {
    const { model: models } = test.store.records;
    await models.put("default", "b", model("b", ""), "ada");
    await models.remove("default", "b", "bob");
    expect(await models.get("default", "b")).toBeUndefined();
    expect((await models.list("default")).map((one) => one.model)).toEqual(["a"]);
    expect((await models.history("default", "b")).map(({ deleted }) => deleted)).toEqual([true, false]);
  });

  it("that another process writes are in the next list, and what did not change is not read again", async () => {
    const other = createStore({ url: test.url, database: test.database, now: () => clock });
    const mine = test.store.records.channel;
    const channel = (name: string) => ({
      id: name,
      name,
      kind: "slack" as const,
      slack_channel: "#alarms",
      enabled: true,
      created_at: 1,
    });
    await mine.put("default", "1", channel("one"), "ada");
    await mine.put("default", "2", channel("two"), "ada");
    const before = await mine.list("default");
    await other.records.channel.put("default", "2", channel("zwei"), "bob");
    const after = await mine.list("default");
    expect(after.map(({ name }) => name)).toEqual(["one", "zwei"]);
    expect(after[0]).toBe(before[0]);
    await other.records.channel.remove("default", "1", "bob");
    expect((await mine.list("default")).map(({ name }) => name)).toEqual(["zwei"]);
    await other.close();
  });

  it("are replaced only as they were read: of two who change one at the same time, one gets a no", async () => {
    const models = test.store.records.channel;
    const named = (name: string) => ({
      ...{ id: "cas", name, kind: "slack" as const, slack_channel: "#a", enabled: true, created_at: 1 },
    });
    expect(await models.replace("default", "cas", undefined, named("one"), "ada")).toBe(true);
    expect(await models.replace("default", "cas", undefined, named("late"), "bob")).toBe(false);
    const former = await models.latest("default", "cas");
    const both = await Promise.all(
      ["two", "three"].map((name) => models.replace("default", "cas", former, named(name), name)),
    );
    expect([...both].sort()).toEqual([false, true]);
    expect((await models.get("default", "cas"))?.name).toBe(both[0] ? "two" : "three");
    expect(await models.replace("default", "cas", former, named("late"), "bob")).toBe(false);
    await models.remove("default", "cas", "ada");
    expect(await models.replace("default", "cas", undefined, named("anew"), "ada")).toBe(true);
    await models.remove("default", "cas", "ada");
  });

  it("that do not parse are left out and reported once, by name and without a value; the others are listed", async () => {
    const defects: string[] = [];
    const options = { url: test.url, database: test.database, now: () => clock };
    const store = createStore({ ...options, onDefect: (message) => void defects.push(message) });
    const silence = { id: "s", starts_at: 0, ends_at: 1, comment: "work", created_by: "ada" };
    await store.records.silence.put("default", "readable", silence, "ada");
    await store.client.command({
      query: `INSERT INTO records (project, kind, id, revision, body, actor, at)
        VALUES ('default', 'silence', 'older', 1, '{"comment": "Jane"}', 'ada', 0), ('default', 'silence', 'torn', 1, '{"comment": Jane', 'ada', 0)`,
    });
    for (let i = 0; i < 2; i++) expect(await store.records.silence.list("default")).toEqual([silence]);
    expect(defects).toEqual([
      "the stored silence older does not parse: id (invalid_type), starts_at (invalid_type), ends_at (invalid_type), created_by (invalid_type); it holds 19 characters",
      "the stored silence torn does not parse: a field that should hold JSON does not; it holds 16 characters",
    ]);
    await expect(store.records.silence.get("default", "torn")).rejects.toMatchObject({ code: "internal" });
    await store.close();
  });

  it("that say how models are watched are logged as changes, each with the revision before", async () => {
    const { recordLog, records } = test.store;
    const before = await recordLog.size("log");
    await records.model.put("log", "m", model("m", "first"), "ada");
    await records.model.put("log", "m", model("m", "second"), "bob");
    await records.model.remove("log", "m", "cleo");
    await records.model.put("log", "m", model("m", "again"), "ada");
    const silence = { id: "s", starts_at: 0, ends_at: 1, comment: "work", created_by: "ada" };
    await records.silence.put("log", "s", silence, "ada");
    expect(await recordLog.size("log")).toBe(before + 4);
    const changes = await recordLog.since("log", 0);
    const said = changes.map(({ actor, deleted, before, body }) => [
      ...[actor, deleted, before?.["description"], body["description"]],
    ]);
    expect(said).toEqual([
      ["ada", false, undefined, "first"],
      ["bob", false, "first", "second"],
      ["cleo", true, "second", "second"],
      ["ada", false, undefined, "again"],
    ]);
    const last = changes.at(-1)?.revision ?? 0;
    expect(await recordLog.since("log", last - 1)).toHaveLength(1);
    expect(await recordLog.since("log", last)).toEqual([]);
  });

  it("of one project are not seen by another", async () => {
    expect(await test.store.records.model.list("other")).toEqual([]);
  });
});

describe("verdicts", () => {
  const evaluation = (revision: number, outcome: Evaluation["outcome"], start = 0): Evaluation => ({
    model: "m",
    version: "1",
    environment: "production",
    monitor_id: "drift",
    kind: "drift",
    segment: "",
    window_start: start,
    window_end: start + 3_600_000,
    revision,
    outcome,
    reason: `revision ${revision}`,
    detail: { psi: 0.25, nested: [1, "two", null] },
    state: { run: revision },
    evaluated_at: clock + revision,
  });

  it("are outlined without their evidence, with the share of features that drifted", async () => {
    const start = Date.UTC(2026, 3, 1);
    const features = {
      a: { outcome: "drifted", drifted: true },
      b: { outcome: "ok", drifted: false },
      c: { outcome: "not_defined", drifted: false },
    };
    await test.store.evaluations.insert("default", [
      { ...evaluation(1, "ok", start), detail: {} },
      { ...evaluation(2, "drifting", start), detail: { features } },
      { ...evaluation(1, "ok", start), kind: "volume", monitor_id: "volume", cause: "volume" },
    ]);
    const filter = { model: "m", from: start, to: start + 1 };
    const outlines = await test.store.evaluations.outlines("default", filter);
    const { detail: _detail, state: _state, ...verdict } = evaluation(2, "drifting", start);
    expect(outlines[0]).toEqual({ ...verdict, judgedFeatures: 2, driftedFeatures: 1 });
    expect(outlines[1]).toMatchObject({ kind: "volume", cause: "volume", judgedFeatures: 0 });
  });

  it("are read in their latest revision, and all revisions are kept", async () => {
    const start = Date.UTC(2026, 0, 1);
    await test.store.evaluations.insert("default", [
      evaluation(1, "immature", start),
      evaluation(1, "ok", start + 3_600_000),
    ]);
    await test.store.evaluations.insert("default", [evaluation(2, "alarm", start)]);
    // A repeated save of the same revision is the same verdict.
    await test.store.evaluations.insert("default", [evaluation(2, "alarm", start)]);
    const range = { model: "m", from: start, to: start + 86_400_000 };
    const latest = await test.store.evaluations.list("default", range);
    expect(latest.map(({ outcome, revision }) => [outcome, revision])).toEqual([
      ["alarm", 2],
      ["ok", 1],
    ]);
    expect(latest[0]).toEqual(evaluation(2, "alarm", start));
    const revisions = await test.store.evaluations.revisions("default", { ...range, to: start + 1 });
    expect(revisions.map(({ revision }) => revision)).toEqual([1, 2]);
  });

  it("on windows of different lengths that begin together leave each other alone", async () => {
    const start = Date.UTC(2026, 5, 1);
    const hour = evaluation(1, "ok", start);
    const long = {
      ...evaluation(1, "alarm", start),
      window_end: start + 6 * 3_600_000,
      evaluated_at: clock + 9,
    };
    await test.store.evaluations.insert("default", [hour]);
    await test.store.evaluations.insert("default", [long]);
    await test.store.client.command({ query: "OPTIMIZE TABLE evaluations FINAL" });
    const filter = { model: "m", from: start, to: start + 1 };
    expect(await test.store.evaluations.list("default", filter)).toEqual([hour, long]);
    expect(await test.store.evaluations.list("default", { ...filter, windowMs: 3_600_000 })).toEqual([hour]);
    expect(await test.store.evaluations.outlines("default", filter)).toHaveLength(2);
  });

  it("say which windows have none: before the first, between, and those that failed", async () => {
    const hour = 3_600_000;
    const verdicts = [2, 3, 6, 7].map((i) => ({ ...evaluation(1, "ok", i * hour), model: "holes" }));
    verdicts[3] = { ...verdicts[3]!, outcome: "error" };
    const rows = verdicts.map((verdict) => ({ ...verdict, settled_at: clock }));
    await test.store.evaluations.insert("default", rows);
    const [progress] = await test.store.evaluations.progress("default", "holes");
    expect(progress).toMatchObject({
      ...{ judgedFrom: 2 * hour, judgedUntil: 8 * hour, settledAt: clock, waiting: [] },
      ...{ gaps: [{ from: 4 * hour, to: 6 * hour }], failed: [7 * hour] },
    });
  });

  it("are folded once each, oldest first, and those of before the ledger not at all", async () => {
    const blamed = [{ name: "a", evidence: "a moved", impact: 1 }];
    const verdicts = [
      {
        ...evaluation(1, "alarm", 7_200_000),
        model: "fold",
        cause: "pipeline" as const,
        blamed,
        confidence: 0.9,
        harm: { output: true, loss: null },
      },
      { ...evaluation(1, "ok", 0), model: "fold" },
    ];
    await test.store.evaluations.insert("default", verdicts);
    await test.store.client.command({
      query:
        "INSERT INTO evaluations (project, model, kind, window_start, outcome) VALUES ('default', 'fold', 'drift', 0, 'alarm')",
    });
    const unfolded = await test.store.evaluations.unfolded("default", { model: "fold" });
    expect(unfolded.map(({ window_start }) => window_start)).toEqual([0, 7_200_000]);
    expect(unfolded[1]).toMatchObject({
      blamed,
      confidence: 0.9,
      cause: "pipeline",
      harm: { output: true, loss: null },
    });
    const off = { model: "fold", except: ["drift"] };
    expect(await test.store.evaluations.unfolded("default", off)).toEqual([]);
    const [ok, alarm] = unfolded;
    const folded = [
      foldedVerdict(ok!, undefined, clock),
      foldedVerdict(alarm!, { incidentId: "inc", hasTransition: true, notifications: [] }, clock),
    ];
    await test.store.evaluations.insertFolded("default", folded);
    expect(await test.store.evaluations.unfolded("default", { model: "fold" })).toEqual([]);
    expect(await test.store.evaluations.folded("default", { model: "fold" })).toEqual(folded);
    expect(await test.store.evaluations.folded("default", { model: "fold", incidentId: "inc" })).toEqual([
      folded[1],
    ]);
  });

  it("that were left alone because the schedule does not judge them can be folded by hand", async () => {
    await test.store.evaluations.insert("default", [{ ...evaluation(1, "alarm", 0), model: "hand" }]);
    const [alarm] = await test.store.evaluations.unfolded("default", { model: "hand" });
    await test.store.evaluations.insertFolded("default", [stoppedVerdict(alarm!, "not_due", clock)]);
    expect(await test.store.evaluations.unfolded("default", { model: "hand" })).toEqual([]);
    expect(
      await test.store.evaluations.unfolded("default", { model: "hand", byHand: { from: 0, to: 1 } }),
    ).toHaveLength(1);
    expect(
      await test.store.evaluations.unfolded("default", { model: "hand", byHand: { from: 1, to: 2 } }),
    ).toEqual([]);
  });

  it("that do not parse are a defect, which names the row and its sizes and none of its values", async () => {
    await test.store.client.command({
      query:
        "INSERT INTO evaluations (project, model, environment, kind, window_start, outcome, detail) VALUES ('default', 'torn', 'production', 'drift', 0, 'ok', '{\"secret\": Jane')",
    });
    const read = test.store.evaluations.list("default", { model: "torn", from: 0, to: 1 });
    const error = await read.then(
      () => undefined,
      (thrown: LeewayError) => thrown,
    );
    expect(error?.code).toBe("internal");
    expect(error?.message).toMatch(
      /^evaluations_latest: row 1 of 1 does not parse: .*detail \(15 characters\).*given project/,
    );
    expect(`${error?.stack} ${String(error?.cause)}`).not.toContain("Jane");
  });
});

describe("migrations", () => {
  const options = () => ({ url: test.url, database: test.database });

  it("run again change nothing, also side by side", async () => {
    const runs = await Promise.all([test.store.migrate(), test.store.migrate(), test.store.migrate()]);
    expect(runs).toEqual([[], [], []]);
  });

  it("that were edited after they were applied are refused by name", async () => {
    const folder = mkdtempSync(join(tmpdir(), "leeway-migrations-"));
    try {
      const file = join(folder, "0900_scratch.sql");
      writeFileSync(file, "CREATE TABLE IF NOT EXISTS scratch (a UInt8) ENGINE = MergeTree ORDER BY a;\n");
      expect(await migrate(options(), () => clock, folder)).toEqual(["0900_scratch.sql"]);
      writeFileSync(file, "CREATE TABLE IF NOT EXISTS scratch (a UInt16) ENGINE = MergeTree ORDER BY a;\n");
      const error = findLeewayError(await migrate(options(), () => clock, folder).catch((thrown) => thrown));
      expect(error?.message).toContain("0900_scratch.sql was changed");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("a store without ClickHouse", () => {
  it("says so with a code that means: try again", async () => {
    const lone = await createTestDatabase();
    lone.engine.process.kill("SIGKILL");
    const thrown = await lone.store.records.model.list("default").catch((error: unknown) => error);
    expect(findLeewayError(thrown)).toMatchObject({ code: "store_unavailable", retryAfterSeconds: 2 });
    await lone.close();
  });
});
