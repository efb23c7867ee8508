import { type DriftWindow, driftWindowSchema, type Evaluation } from "@leeway/core/evaluation";
import { createRandom } from "@leeway/core/random";
import { type DriftState, driftStateSchema, replayDrift } from "@leeway/core/verdicts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEvaluator } from "../../../analyzer/src/create-evaluator.ts";
import { createFailureBackoff } from "../../../analyzer/src/queues/failure-backoff.ts";
import { createModelClocks } from "../../../analyzer/src/reconcile/model-clocks.ts";
import { EXTREME_MODEL, writeExtremeModel } from "../../fixtures/extreme-model.ts";
import { patience } from "../../machine/patience.ts";
import { send } from "../ingest/send.ts";
import { type IngestServices, startIngestServices } from "../ingest/start-services.ts";

// What people send that no model should: the whole way through the API, roll-ups, verdicts and back out of it. Eight hours of reference, then an hour each of
// the same, of other extremes, of nothing, of one row, of other types.
const HOUR = 3_600_000;
const FROM = Math.floor(Date.now() / HOUR) * HOUR - 40 * HOUR;
const REFERENCE_HOURS = 8;
const ROWS = 220;
const random = createRandom(5);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;

type Row = { features: Record<string, unknown>; value: number; embeddings: Record<string, number[]> };

const usual = (i: number): Row => ({
  features: {
    huge: pick([1e300, -1e300, 1e-300, -1e-300, 1.7e308]),
    zero: pick([0, -0]),
    constant: 7,
    tied: i === 0 ? 1 : 0,
    empty: null,
    ...(i === 0 ? { once: 1 } : {}),
    many: `category ${Math.floor(random() * 1e5)}`,
    flag: true,
    normal: random(),
    words: `request ${Math.floor(random() * 1e9)} came from ${pick(["the east", "far away"])} at noon`,
    __proto__x: "a",
  },
  value: pick([1e300, -1e300, 0, 5]),
  embeddings: { text: [random(), random(), random()] },
});
const HOURS: ((i: number) => Row)[] = [
  usual,
  (i) => ({
    features: {
      ...usual(i).features,
      ...{ huge: 5e-324, zero: 1e308, constant: 7.000000000000001, tied: 1, many: "one", flag: false },
      ...{ normal: -1.7e308, words: "", once: 1e300 },
    },
    value: 1.7e308,
    embeddings: { text: [1e300, -1e300, 0] },
  }),
  () => ({ features: { huge: null, zero: null, constant: null }, value: 0, embeddings: {} }),
  (i) => ({
    features: { huge: "1e300", zero: true, constant: "seven", tied: "0", many: 5, flag: "true", words: 3 },
    value: i,
    embeddings: { text: [1] },
  }),
  usual,
];

let services: IngestServices;
let windows: DriftWindow[];
let evaluations: Evaluation[];

beforeAll(async () => {
  services = await startIngestServices();
  const { store } = services.database;
  const settings = {
    task: "regression",
    window: "1h",
    latency_objective: { threshold_ms: 250, target: 0.99 },
  };
  expect((await services.call("PUT", "/v1/models/m", settings)).status).toBe(200);
  for (let hour = 0; hour < REFERENCE_HOURS + HOURS.length; hour++) {
    const rowOf = hour < REFERENCE_HOURS ? usual : HOURS[hour - REFERENCE_HOURS]!;
    const rows = Array.from({ length: ROWS }, (_, i) => {
      const { features, value, embeddings } = rowOf(i);
      const timestamp = FROM + hour * HOUR + Math.floor((i / ROWS) * HOUR);
      const at = { id: `p${hour}-${i}`, timestamp, model: "m", version: "1" };
      return { ...at, features, prediction: { value }, embeddings };
    });
    const reply = await post("predictions", { predictions: rows });
    expect(reply.rejected).toEqual([]);
    const labels = rows.map(({ id, timestamp }, i) => ({
      prediction_id: id,
      model: "m",
      value: i % 2 === 0 ? 1e300 : -1.7e308,
      timestamp: timestamp + 1_000,
    }));
    await post("labels", { labels });
  }
  // One row is a window, too.
  await post("predictions", {
    predictions: [
      {
        id: "last",
        timestamp: FROM + 14 * HOUR,
        model: "m",
        version: "1",
        ...lastOutput,
        features: { huge: 1 },
      },
    ],
  });
  await services.call("POST", "/v1/models/m/references", {
    version: "1",
    window: { from: FROM, to: FROM + REFERENCE_HOURS * HOUR },
  });
  await evaluate(store);
  const answer = await services.call("GET", `/v1/models/m/drift?from=${FROM}&to=${FROM + 16 * HOUR}`);
  expect(answer.status).toBe(200);
  windows = (answer.body as { windows: DriftWindow[] }).windows;
  evaluations = await store.evaluations.list("default", { model: "m", from: FROM, to: FROM + 40 * HOUR });
}, patience(240_000));
afterAll(() => services.stop());

const lastOutput = { prediction: { value: 1 } };

async function post(what: string, body: unknown): Promise<{ rejected: unknown }> {
  const reply = await send(`${services.url}/v1/${what}`, JSON.stringify(body));
  expect([reply.status, reply.body.detail]).toEqual([200, undefined]);
  return { rejected: reply.body.rejected };
}

async function evaluate(store: IngestServices["database"]["store"]): Promise<void> {
  const now = () => Date.now() + 120_000;
  const evaluator = createEvaluator({
    store,
    clocks: createModelClocks({ store, idleMs: 1_000, now }),
    memory: new Map(),
    backoff: createFailureBackoff(now),
    now,
  });
  await evaluator({ project: "default", model: "m" });
}

it("refuses infinities and NaN by name, and nothing else of the batch", async () => {
  const row = (id: string, features: string) =>
    `{"id":"${id}","timestamp":${FROM},"model":"other","version":"1","features":${features},"prediction":{"value":1}}`;
  const body = `{"predictions":[${row("a", '{"x":1e999}')},${row("b", '{"x":-1e999}')},${row("c", '{"x":1}')}]}`;
  const reply = await send(`${services.url}/v1/predictions`, body);
  expect(reply.body.accepted).toBe(1);
  expect(reply.body.rejected?.map(({ index, code }) => [index, code])).toEqual([
    [0, "invalid_feature"],
    [1, "invalid_feature"],
  ]);
});

it("gives every window of every kind a named outcome, a sentence and only finite numbers", () => {
  expect(windows.length).toBeGreaterThan(REFERENCE_HOURS + HOURS.length);
  expect(new Set(evaluations.map(({ kind }) => kind)).size).toBe(5);
  for (const { kind, outcome, reason, detail } of evaluations) {
    expect([kind, outcome, reason]).not.toEqual([kind, "error", reason]);
    expect(reason).not.toMatch(/NaN|undefined|Infinity|null/);
    expect([reason, JSON.stringify(detail).match(/NaN|Infinity/)]).toEqual([reason, null]);
  }
});

it("never calls a window healthy in which nothing could be known, and tells what broke", () => {
  const after = windows.filter(({ start }) => start >= FROM + REFERENCE_HOURS * HOUR);
  const outcomes = after.map(({ outcome }) => outcome);
  expect(after.filter(({ outcome }) => outcome === "error").map(({ reason }) => reason)).toEqual([]);
  expect(outcomes.slice(1, 4)).toEqual(["alarm", "alarm", "alarm"]);
  expect(after[1]?.cause).toBe("pipeline");
  expect(outcomes.at(-1)).toMatch(/^(no_data|insufficient_data)$/);
  const quiet = after[0]!;
  expect(Object.entries(quiet.features).filter(([, { drifted }]) => drifted)).toEqual([]);
  expect(quiet.features["empty"]?.outcome).toMatch(/insufficient_data|not_defined|ok/);
});

it("answers with what each verdict can be decided again from", () => {
  const stateOf = new Map(
    evaluations
      .filter(({ kind }) => kind === "drift")
      .map(({ window_start, state }) => [window_start, driftStateSchema.safeParse(state).data]),
  );
  let previous: DriftState | undefined;
  let kinds: string[] = [];
  for (const window of windows.filter(({ start }) => start >= FROM + REFERENCE_HOURS * HOUR)) {
    const detail = driftWindowSchema.safeParse(window);
    if (detail.success && Object.keys(detail.data.features).length > 0) {
      const replayed = replayDrift(detail.data, previous);
      expect([window.start, replayed.outcome]).toEqual([window.start, window.outcome]);
      expect(replayed.state.alarm_features.sort()).toEqual(stateOf.get(window.start)?.alarm_features.sort());
      const { features, multivariate } = detail.data;
      kinds = kinds.concat(
        Object.values(features).map(({ type }) => type),
        multivariate ? "joint" : [],
      );
    }
    previous = stateOf.get(window.start) ?? previous;
  }
  expect([...new Set(kinds)].sort()).toEqual([
    "boolean",
    "categorical",
    "embedding",
    "joint",
    "numeric",
    "text",
  ]);
});

it("answers every read on a reference and windows of extremes with named outcomes and finite numbers", async () => {
  const hour = Math.floor(Date.now() / HOUR) * HOUR;
  await writeExtremeModel(services.database.store, hour, 10_000);
  const range = `version=1&from=${hour - 4 * HOUR}&to=${hour}`;
  const read = async (path: string, query = range) => {
    const answer = await services.call("GET", `/v1/models/${EXTREME_MODEL}/${path}${query}`);
    const bad = JSON.stringify(answer.body).match(/.{80}(NaN|Infinity|undefined)/)?.[0];
    expect([path, answer.status, bad]).toEqual([path, 200, undefined]);
    return answer.body;
  };
  for (const path of ["performance?", "slo?", "serving?", "latency?window=1h&"]) await read(path);
  for (const path of ["features", "references"]) await read(path, "");
  for (const by of ["tied", "many", "huge"]) await read(`breakdown?by=${by}&`);
  const { windows: told } = (await read("drift?")) as { windows: DriftWindow[] };
  const outcomesOf = (names: string[]) =>
    told.map(({ features }) => names.map((name) => features[name]?.outcome).join(" "));
  expect(told.map(({ outcome, cause }) => [outcome, cause])).toEqual(told.map(() => ["alarm", "pipeline"]));
  expect(outcomesOf(["huge", "tiny", "zero", "constant", "tied"])).toEqual([
    "ok ok ok ok ok",
    "drifted drifted drifted drifted drifted",
    "drifted drifted drifted drifted drifted",
  ]);
  // The uploaded column was infinite in two rows of three, and is missing now.
  expect(outcomesOf(["infinite", "not_a_number", "empty"])).toEqual(told.map(() => "drifted ok ok"));
  expect(told[0]?.features["infinite"]?.reference_null_rate).toBeCloseTo(2 / 3, 3);
});
