import type { DriftWindow } from "@leeway/core/evaluation";
import { createRandom, drawNormal } from "@leeway/core/random";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEvaluator } from "../../../analyzer/src/create-evaluator.ts";
import { createFailureBackoff } from "../../../analyzer/src/queues/failure-backoff.ts";
import { createModelClocks } from "../../../analyzer/src/reconcile/model-clocks.ts";
import { send } from "../ingest/send.ts";
import { API_KEY, type IngestServices, startIngestServices } from "../ingest/start-services.ts";

// A training set with embeddings is uploaded; then come an hour of the same, one of vectors that lie elsewhere, one of half of them missing.
const HOUR = 3_600_000;
const FROM = Math.floor(Date.now() / HOUR) * HOUR - 40 * HOUR;
const REFERENCE_HOURS = 8;
const ROWS = 200;
const random = createRandom(11);

const vector = (shift: number) =>
  Array.from({ length: 8 }, (_, k) => drawNormal(random) + (k === 0 ? shift : 0));
const HOURS: ((i: number) => { text?: number[] })[] = [
  () => ({ text: vector(0) }),
  () => ({ text: vector(1.5) }),
  (i) => (i % 2 === 0 ? {} : { text: vector(0) }),
];

let services: IngestServices;
let uploaded: { status: number; body: unknown };
let windows: DriftWindow[];

beforeAll(async () => {
  services = await startIngestServices();
  await services.call("PUT", "/v1/models/m", { task: "regression", window: "1h" });
  const rows = Array.from({ length: REFERENCE_HOURS * ROWS }, (_, i) => ({
    at: FROM + Math.floor((i / ROWS) * HOUR),
    amount: drawNormal(random),
    predicted: drawNormal(random),
    text_vector: vector(0),
  }));
  uploaded = await upload(
    { timestamp: "at", predicted_value: "predicted", embeddings: { text: "text_vector" } },
    rows.map((row) => JSON.stringify(row)).join("\n"),
  );
  const predictions = HOURS.flatMap((embeddingsOf, hour) =>
    Array.from({ length: ROWS }, (_, i) => ({
      id: `p${hour}-${i}`,
      timestamp: FROM + (REFERENCE_HOURS + hour) * HOUR + Math.floor((i / ROWS) * HOUR),
      model: "m",
      version: "1",
      features: { amount: drawNormal(random) },
      prediction: { value: drawNormal(random) },
      embeddings: embeddingsOf(i),
    })),
  );
  const reply = await send(`${services.url}/v1/predictions`, JSON.stringify({ predictions }));
  expect(reply.body).toMatchObject({ accepted: predictions.length });
  const { store } = services.database;
  const now = () => Date.now() + 120_000;
  const clocks = createModelClocks({ store, idleMs: 1_000, now });
  const backoff = createFailureBackoff(now);
  await createEvaluator({ store, clocks, memory: new Map(), backoff, now })({
    project: "default",
    model: "m",
  });
  const answer = await services.call("GET", `/v1/models/m/drift?from=${FROM}&to=${FROM + 16 * HOUR}`);
  windows = (answer.body as { windows: DriftWindow[] }).windows;
});
afterAll(() => services.stop());

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
  const told = windows.map(({ outcome, cause, features }) => [outcome, cause, features["text"]?.outcome]);
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
