import type { DriftWindow } from "@leeway/core/evaluation";
import { performanceWindowSchema } from "@leeway/core/evaluation";
import { createRandom, drawNormal } from "@leeway/core/random";
import { type PerformanceState, replayPerformance } from "@leeway/core/verdicts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEvaluator } from "../../../analyzer/src/create-evaluator.ts";
import { createFailureBackoff } from "../../../analyzer/src/queues/failure-backoff.ts";
import { createModelClocks } from "../../../analyzer/src/reconcile/model-clocks.ts";
import { send } from "../ingest/send.ts";
import { API_KEY, type IngestServices, startIngestServices } from "../ingest/start-services.ts";

// A training set with embeddings and labels is uploaded; then come an hour of the same, one of vectors that lie elsewhere, one of half of them missing, and
// hours whose scores no longer hold. Labels of the last hour have not come.
const HOUR = 3_600_000;
const FROM = Math.floor(Date.now() / (2 * HOUR)) * 2 * HOUR - 40 * HOUR;
const REFERENCE_HOURS = 8;
const ROWS = 200;
const random = createRandom(11);

const vector = (shift: number) =>
  Array.from({ length: 8 }, (_, k) => drawNormal(random) + (k === 0 ? shift : 0));
interface Hour {
  embeddings: (i: number) => { text?: number[] };
  /** Added to the log odds of the truth. */
  rise: number;
}
const usual: Hour = { embeddings: () => ({ text: vector(0) }), rise: 0 };
const HOURS: Hour[] = [
  usual,
  { embeddings: () => ({ text: vector(1.5) }), rise: 0 },
  { embeddings: (i) => (i % 2 === 0 ? {} : { text: vector(0) }), rise: 0 },
  usual,
  ...[0.6, 0.6, 3, 3].map((rise) => ({ ...usual, rise })),
  usual,
];

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
function drawTruth(score: number, rise: number): "yes" | "no" {
  return random() < sigmoid(Math.log(score / (1 - score)) + rise) ? "yes" : "no";
}

let services: IngestServices;
let uploaded: { status: number; body: unknown };
let windows: DriftWindow[];

beforeAll(async () => {
  services = await startIngestServices();
  const model = { task: "binary", positive_class: "yes", window: "1h", label_delay: "10m" };
  await services.call("PUT", "/v1/models/m", model);
  const thresholds = { metric: "log_loss", maximum: 0.66 };
  for (const monitor of [{ window: "1h" }, { window: "2h", thresholds }]) {
    const wanted = { model: "m", version: "1", kind: "performance", ...monitor };
    expect((await services.call("POST", "/v1/monitors", wanted)).status).toBe(201);
  }
  const rows = Array.from({ length: REFERENCE_HOURS * ROWS }, (_, i) => {
    const score = sigmoid(drawNormal(random));
    const at = FROM + Math.floor((i / ROWS) * HOUR);
    return { at, amount: drawNormal(random), score, truth: drawTruth(score, 0), text_vector: vector(0) };
  });
  uploaded = await upload(
    { timestamp: "at", score: "score", label: "truth", embeddings: { text: "text_vector" } },
    rows.map((row) => JSON.stringify(row)).join("\n"),
  );
  const events = HOURS.flatMap(({ embeddings, rise }, hour) =>
    Array.from({ length: ROWS }, (_, i) => {
      const score = sigmoid(drawNormal(random));
      const at = {
        model: "m",
        timestamp: FROM + (REFERENCE_HOURS + hour) * HOUR + Math.floor((i / ROWS) * HOUR),
      };
      const id = `p${hour}-${i}`;
      return {
        prediction: {
          ...{ ...at, id, version: "1", features: { amount: drawNormal(random) } },
          ...{ prediction: { score }, embeddings: embeddings(i) },
        },
        label: { ...at, prediction_id: id, label: drawTruth(score, rise) },
        hour,
      };
    }),
  );
  const predictions = events.map(({ prediction }) => prediction);
  const labels = events.filter(({ hour }) => hour < HOURS.length - 1).map(({ label }) => label);
  for (const batch of [{ predictions }, { labels }]) {
    const [[kind, sent]] = Object.entries(batch) as [[string, unknown[]]];
    const reply = await send(`${services.url}/v1/${kind}`, JSON.stringify(batch));
    expect(reply.body).toMatchObject({ accepted: sent.length });
  }
  const { store } = services.database;
  const now = () => Date.now() + 120_000;
  const clocks = createModelClocks({ store, idleMs: 1_000, now });
  const backoff = createFailureBackoff(now);
  await createEvaluator({ store, clocks, memory: new Map(), backoff, now })({
    project: "default",
    model: "m",
  });
  const answer = await services.call("GET", `/v1/models/m/drift?${RANGE}`);
  windows = (answer.body as { windows: DriftWindow[] }).windows;
});
afterAll(() => services.stop());

const RANGE = `from=${FROM}&to=${FROM + 30 * HOUR}`;

async function upload(mapping: unknown, body: string): Promise<{ status: number; body: unknown }> {
  const query = new URLSearchParams({ version: "1", mapping: JSON.stringify(mapping) });
  const answer = await fetch(`${services.url}/v1/models/m/references?${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/x-ndjson" },
    body,
  });
  return { status: answer.status, body: await answer.json() };
}

it("answers an upload with what it took for embeddings, and refuses others by their row", async () => {
  expect(uploaded).toMatchObject({
    status: 201,
    body: {
      rows: REFERENCE_HOURS * ROWS,
      features: ["amount"],
      embeddings: [{ name: "text", dimensions: 8, count: REFERENCE_HOURS * ROWS, missing_count: 0 }],
    },
  });
  expect(
    await upload({ embeddings: { text: "vec" } }, '{"vec":[1,2]}\n{"vec":[1,2]}\n{"vec":[1]}'),
  ).toMatchObject({
    status: 400,
    body: {
      code: "invalid_request",
      errors: [
        { path: "embeddings.text", message: 'column "vec": row 3 holds 1 numbers where most rows hold 2' },
      ],
    },
  });
});

it("holds windows against uploaded embeddings: the same ones are no drift, moved and missing ones are", () => {
  const told = windows
    .slice(0, 3)
    .map(({ outcome, cause, features }) => [outcome, cause, features["text"]?.outcome]);
  expect(told).toEqual([
    ["ok", undefined, "ok"],
    ["alarm", "input_drift", "drifted"],
    ["alarm", "pipeline", "drifted"],
  ]);
  expect(windows[0]?.features["text"]).toMatchObject({
    type: "embedding",
    embedding: { dimensions: 8, reference_rows: 200 },
  });
  expect(windows[1]?.reason).toMatch(/^text: the mean embedding lies 0\.\d+ of the reference's spread away/);
});

it.each([
  ["calibrated bars", "1h", ["ok", "alarm", "immature"]],
  ["a fixed limit", "2h", ["ok", "alarm"]],
])("answers performance by %s with all that its verdicts follow from", async (_, window, outcomes) => {
  const { body } = await services.call("GET", `/v1/models/m/performance?${RANGE}&window=${window}`);
  const told = performanceWindowSchema.array().parse((body as { windows: unknown[] }).windows);
  expect(told.map(({ outcome }) => outcome)).toEqual(expect.arrayContaining(outcomes));
  let state: PerformanceState | undefined;
  for (const detail of told) {
    const replayed = replayPerformance(detail, state);
    expect([detail.start, replayed?.outcome, replayed?.reason]).toEqual([
      detail.start,
      detail.outcome,
      detail.reason,
    ]);
    state = replayed?.state;
  }
  const stored = await services.database.store.evaluations.list("default", {
    ...{ model: "m", kind: "performance", windowMs: window === "1h" ? HOUR : 2 * HOUR },
    ...{ from: FROM, to: FROM + 30 * HOUR },
  });
  expect(state).toEqual(stored.sort((a, b) => a.window_start - b.window_start).at(-1)?.state);
});
