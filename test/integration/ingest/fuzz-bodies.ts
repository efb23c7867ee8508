import { brotliCompressSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { writeMetricsRequest } from "../../../ingest/src/testing/write-metrics-request.ts";

/** FuzzRequest is one request with a body that was changed at random. */
export interface FuzzRequest {
  method: "POST" | "PUT";
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

interface Entrance {
  method: "POST" | "PUT";
  path: string;
  type?: string;
  /** A body that is taken as it is. */
  body: unknown;
  /** How the body is written down; JSON where absent. */
  write?: (body: unknown) => Buffer;
}

const TIME = Date.UTC(2026, 0, 10, 12);
const PREDICTION = {
  ...{ id: "p", timestamp: TIME, model: "fuzz", version: "1", environment: "shadow" },
  features: { a: 1, b: "text", c: true, d: null },
  prediction: { label: "yes", score: 0.5, scores: { yes: 0.5, no: 0.5 }, value: 3 },
  ...{ latency_ms: 4, error: "none", weight: 2, tags: { region: "eu" }, embeddings: { e: [1, 2] } },
};
const LABEL = { prediction_id: "p", model: "fuzz", label: "yes", value: 1, timestamp: TIME };
const SAMPLE = {
  ...{ timestamp: TIME, model: "fuzz", version: "1", replica: "r", metric: "gpu_utilization", kind: "gauge" },
  ...{
    value: 0.5,
    buckets: [
      { le: 1, count: 2 },
      { le: "+Inf", count: 3 },
    ],
    sum: 3,
    count: 3,
  },
  ...{ unit: "ratio", attributes: { gpu: "0" } },
};
const point = { timeUnixNano: `${TIME}000000`, attributes: [{ key: "k", value: { stringValue: "v" } }] };
const cumulative = { aggregationTemporality: 2 };
const METRICS = {
  resourceMetrics: [
    {
      resource: { attributes: [{ key: "leeway.model", value: { stringValue: "fuzz" } }] },
      scopeMetrics: [
        {
          metrics: [
            { name: "g", unit: "1", gauge: { dataPoints: [{ ...point, asDouble: 1 }] } },
            { name: "s", sum: { dataPoints: [{ ...point, asInt: "3" }], isMonotonic: true, ...cumulative } },
            {
              name: "h",
              histogram: {
                dataPoints: [{ ...point, count: "3", sum: 4, bucketCounts: ["1", "2"], explicitBounds: [1] }],
                ...cumulative,
              },
            },
            {
              name: "e",
              exponentialHistogram: {
                dataPoints: [
                  { ...point, count: "3", scale: 2, positive: { offset: 1, bucketCounts: ["1"] } },
                ],
                ...cumulative,
              },
            },
          ],
        },
      ],
    },
  ],
};

const writeProtobuf = (body: unknown) => {
  try {
    return writeMetricsRequest(body as object);
  } catch {
    // What no message can hold is sent as it is: no message either.
    return Buffer.from(String(JSON.stringify(body)));
  }
};
const writeLines = (body: unknown) =>
  Buffer.from((Array.isArray(body) ? body : [body]).map((one) => JSON.stringify(one)).join("\n"));

const events = (path: string, field: string, event: object): Entrance[] => [
  { method: "POST", path, body: { batch_id: undefined, [field]: [event, event] } },
  { method: "POST", path, type: "application/x-ndjson", body: [event, event], write: writeLines },
];
const MONITOR = {
  ...{ model: "fuzz", kind: "drift", version: "1", environment: "production", window: "1d" },
  ...{ segment: { region: "eu" }, features: ["a"], thresholds: { psi: 0.3 }, minimum_count: 30 },
  ...{ channels: [], enabled: false },
};
const OBJECTIVE = { threshold_ms: 20, target: 0.99, period: "28d" };

/** ENTRANCES are every call that takes a body, with one that it takes. */
export const ENTRANCES: readonly Entrance[] = [
  ...events("/v1/predictions", "predictions", PREDICTION),
  ...events("/v1/labels", "labels", LABEL),
  ...events("/v1/telemetry", "samples", SAMPLE),
  { method: "POST", path: "/v1/metrics", body: METRICS },
  {
    method: "POST",
    path: "/v1/metrics",
    type: "application/x-protobuf",
    body: METRICS,
    write: writeProtobuf,
  },
  {
    method: "PUT",
    path: "/v1/models/fuzz",
    body: {
      ...{ task: "binary", positive_class: "yes", label_delay: "1h", window: 3_600_000, description: "x\ny" },
      ...{ false_alarms_per_month: 1, latency_objective: { threshold_ms: 1, target: 0.9 } },
    },
  },
  {
    method: "PUT",
    path: "/v1/models/fuzz/versions/1",
    body: {
      stage: "staging",
      framework: "x",
      git_sha: "abc",
      registry_url: "https://x.example",
      gpu_hour_cost: 2,
    },
  },
  {
    method: "POST",
    path: "/v1/models/fuzz/references",
    body: {
      version: "1",
      environment: "shadow",
      window: { from: TIME - 1, to: TIME + 1 },
    },
  },
  { method: "POST", path: "/v1/monitors", body: MONITOR },
  {
    method: "PUT",
    path: "/v1/monitors/fuzz",
    body: { ...MONITOR, kind: "latency_slo", objective: OBJECTIVE, thresholds: null },
  },
  {
    method: "POST",
    path: "/v1/monitors/preview",
    body: { ...MONITOR, model: "nobody", from: TIME, to: TIME + 1 },
  },
  {
    method: "POST",
    path: "/v1/evaluate",
    body: { model: "nobody", version: "1", from: TIME, to: TIME + 1, window: "1h", raise: false },
  },
  {
    method: "POST",
    path: "/v1/channels",
    body: { kind: "slack", name: "x", slack_channel: "#x", enabled: false },
  },
  {
    method: "POST",
    path: "/v1/channels",
    body: { kind: "email", name: "x", to: ["a@example.com"], enabled: false },
  },
  {
    method: "PUT",
    path: "/v1/channels/fuzz",
    body: {
      kind: "retrain",
      name: "x",
      url: "https://x.example",
      causes: ["input_drift"],
      cool_down: "1h",
      models: ["m"],
    },
  },
  {
    method: "POST",
    path: "/v1/silences",
    body: { model: "fuzz", cause: "volume", starts_at: TIME, ends_at: TIME + 1, comment: "x" },
  },
  { method: "POST", path: "/v1/keys", body: { name: "x", scopes: ["read", "report"] } },
  { method: "POST", path: "/v1/incidents/none/acknowledge", body: { text: "x" } },
  { method: "POST", path: "/v1/incidents/none/resolve", body: { text: "x" } },
  { method: "POST", path: "/v1/incidents/none/notes", body: { text: "x" } },
  { method: "POST", path: "/v1/incidents/none/undo", body: { text: "x" } },
  { method: "POST", path: "/v1/incidents/none/reopen", body: { text: "x" } },
  { method: "POST", path: "/v1/incidents/none/snooze", body: { for: "1h", text: "x" } },
  { method: "POST", path: "/v1/incidents/none/assign", body: { to: "x", text: "x" } },
  {
    method: "POST",
    path: "/v1/retrainings/none",
    body: {
      status: "running",
      new_version: "2",
      metrics: { auc: 0.5 },
      url: "https://x.example",
      message: "x",
    },
  },
];

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -0,
    -1,
    1e308,
    2 ** 53 + 1,
    0.1,
    "",
    " ",
    "null",
    "NaN",
    "\u0000",
    "\ud800",
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [[[[[[]]]]]],
    { a: { b: { c: {} } } },
    "x".repeat(20_000),
    "2026-02-30T00:00:00Z",
    "9".repeat(400),
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.bigInt({ min: 0n, max: 2n ** 64n }).map(String),
  fc.constant(Object.fromEntries(Array.from({ length: 3_000 }, (_unused, at) => [`n${at}`, at]))),
);
const change = fc.record({
  pick: fc.nat(),
  how: fc.constantFrom("replace", "replace", "remove", "add", "rename"),
  value: odd,
  name: fc.oneof(
    fc.constantFrom("__proto__", "constructor", "id", "modle", "", "\ud800", "toString"),
    fc.string({ maxLength: 6 }),
  ),
});
const damage = fc.record({
  at: fc.nat(),
  cut: fc.nat({ max: 20 }),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc
      .constantFrom("NaN", "Infinity", "\\u", "{", "}", "[", '"', ",", "\n", "1e999", "\ufeff")
      .map((text) => Buffer.from(text)),
  ),
});

/** fuzzRequest is a request whose body was changed in its values, in its bytes, or in both. */
export const fuzzRequest: fc.Arbitrary<FuzzRequest> = fc
  .record({
    entrance: fc.constantFrom(...ENTRANCES),
    changes: fc.array(change, { maxLength: 3 }),
    damages: fc.oneof(fc.array(damage, { maxLength: 0 }), fc.array(damage, { maxLength: 3 })),
    encoding: fc.constantFrom("", "", "", "gzip", "br", "wrong"),
    id: fc.integer(),
  })
  .map(({ entrance, changes, damages, encoding, id }) => {
    const { method, path, type = "application/json", write = writeJson, body } = entrance;
    const changed = changes.reduce(applied, renamed(structuredClone(body), id));
    const damaged = damages.reduce<Buffer>((bytes, { at, cut, bytes: inserted }) => {
      const place = at % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, place), inserted, bytes.subarray(place + cut)]);
    }, write(changed));
    const headers = {
      "content-type": type,
      ...(encoding === "" ? {} : { "content-encoding": encoding === "wrong" ? "gzip" : encoding }),
    };
    return { method, path, headers, body: encoded(damaged, encoding) };
  });

const writeJson = (body: unknown) => Buffer.from(JSON.stringify(body) ?? "");

// Each event an id of its own, or nearly all of them would be repetitions.
function renamed(body: unknown, id: number): unknown {
  return JSON.parse((JSON.stringify(body) ?? "null").replaceAll('"p"', `"p${id}"`));
}

function encoded(bytes: Buffer, encoding: string): Buffer {
  if (encoding === "gzip") return gzipSync(bytes);
  return encoding === "br" ? brotliCompressSync(bytes) : bytes;
}

function applied(
  body: unknown,
  { pick, how, value, name }: { pick: number; how: string; value: unknown; name: string },
): unknown {
  const holders: [Record<string, unknown>, string][] = [];
  const walk = (node: unknown) => {
    if (typeof node !== "object" || node === null) return;
    for (const key of Object.keys(node).slice(0, 50)) {
      holders.push([node as Record<string, unknown>, key]);
      walk((node as Record<string, unknown>)[key]);
    }
  };
  walk(body);
  const chosen = holders[pick % Math.max(1, holders.length)];
  if (chosen === undefined) return structuredClone(value);
  const [holder, key] = chosen;
  const member = holder[key];
  const set = (under: string, to: unknown) =>
    Object.defineProperty(holder, under, { value: to, enumerable: true, configurable: true, writable: true });
  if (how === "replace") set(key, structuredClone(value));
  else if (Array.isArray(holder)) {
    if (how === "add") holder.push(structuredClone(value));
    else holder.splice(Number(key), 1);
  } else if (how === "add") set(name, structuredClone(value));
  else {
    delete holder[key];
    if (how === "rename") set(name, member);
  }
  return body;
}
