import { writeMetricsRequest } from "../../../ingest/src/testing/write-metrics-request.ts";

/** Entrance is one call with a body that is taken as it is. */
export interface Entrance {
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
const CHANGE = {
  ...{ id: "e", timestamp: TIME, kind: "deploy", title: "x", model: "fuzz", version: "1" },
  ...{ environment: "shadow", git_sha: "abc", url: "https://x.example", source: "ci" },
  attributes: { by: "x" },
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
      feeds: ["other"],
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
    body: {
      ...{
        model: "fu*",
        version: "1",
        environment: "shadow",
        cause: "volume",
        severity: "page",
        feature: "a",
      },
      ...{ starts_at: TIME, ends_at: Date.UTC(2099, 0, 1), comment: "x" },
      recurs: { days: ["mon", "sun"], from: "22:00", to: "06:00", time_zone: "Europe/Berlin" },
    },
  },
  { method: "POST", path: "/v1/silences/preview", body: { model: "fuzz", cause: "volume" } },
  { method: "POST", path: "/v1/events", body: { events: [CHANGE] } },
  {
    method: "POST",
    path: "/v1/declaration",
    body: {
      models: { fuzz: { task: "binary" } },
      channels: { slack: { kind: "slack", name: "x", slack_channel: "#x", enabled: false } },
      monitors: { fuzz: MONITOR },
      silences: { fuzz: { model: "fuzz", ends_at: Date.UTC(2099, 0, 1), comment: "x" } },
      ...{ dry_run: true, prune: false },
    },
  },
  { method: "POST", path: "/v1/keys", body: { name: "x", scopes: ["read", "report"] } },
  { method: "POST", path: "/v1/incidents/none/acknowledge", body: { text: "x" } },
  { method: "POST", path: "/v1/incidents/none/resolve", body: { text: "x" } },
  { method: "POST", path: "/v1/incidents/none/notes", body: { text: "x" } },
  { method: "POST", path: "/v1/incidents/none/undo", body: { text: "x" } },
  { method: "POST", path: "/v1/incidents/none/reopen", body: { text: "x" } },
  { method: "POST", path: "/v1/incidents/none/snooze", body: { for: "1h", text: "x" } },
  { method: "POST", path: "/v1/incidents/none/assign", body: { to: "x", text: "x" } },
  { method: "POST", path: "/v1/incidents/none/mark", body: { useful: "expected", text: "x" } },
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
