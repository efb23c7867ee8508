import type { DeliveryAttempt } from "@leeway/core/delivery";
import type { Evaluation } from "@leeway/core/evaluation";
import type { Incident, MonitorKind, Notification, Reference, Session, User } from "@leeway/core/records";
import type { IngestServices } from "../integration/ingest/start-services.ts";

/** Where in time the seeded world lies. */
export const DAY_MS = 86_400_000;
export const START = Date.UTC(2026, 0, 5);

/** seed fills the store with one of everything that the reads answer with. */
export async function seed({ call, database }: IngestServices): Promise<void> {
  const predictions = Array.from({ length: 200 }, (_unused, index) => ({
    id: `p-${index}`,
    timestamp: START + index * 60_000,
    model: "flights",
    version: index % 2 === 0 ? "1" : "2",
    features: { distance: index * 3.5, origin: index % 3 === 0 ? "SFO" : "JFK", weekend: index % 7 === 0 },
    prediction: { score: (index % 10) / 10, label: index % 10 > 5 },
    latency_ms: 5 + (index % 20),
    tags: { region: "eu" },
  }));
  await call("POST", "/v1/predictions", { predictions });
  const labels = predictions.map(({ id, timestamp }, index) => ({
    prediction_id: id,
    model: "flights",
    label: index % 4 === 0,
    timestamp: timestamp + 3_600_000,
  }));
  await call("POST", "/v1/labels", { labels });
  await call("POST", "/v1/telemetry", {
    samples: [
      {
        timestamp: START + 60_000,
        model: "flights",
        version: "1",
        replica: "gpu-0",
        metric: "gpu_utilization",
        kind: "gauge",
        value: 0.8,
        unit: "1",
        attributes: { gpu_uuid: "GPU-1" },
      },
      {
        timestamp: Date.now() - 60_000,
        model: "flights",
        version: "1",
        replica: "inference-0",
        metric: "leeway_sdk_dropped_events",
        kind: "counter",
        value: 12,
        unit: "1",
        attributes: { kind: "predictions" },
      },
    ],
  });
  await call("PUT", "/v1/models/flights", { task: "binary", positive_class: "true", label_delay: "1h" });
  await call("PUT", "/v1/models/flights/versions/1", { framework: "sklearn", gpu_hour_cost: 2.5 });
  const { store } = database;
  await store.labels.resolve("default", "flights");
  await store.serving.refresh("default", "flights");
  await store.evaluations.insert("default", [
    verdict("drift", { count: 100, reference_id: "ref_1", features: {}, outcome: "ok", reason: "no drift" }),
    verdict("performance", {
      predictions: 100,
      labelled: 90,
      label_coverage: 0.9,
      expected_coverage: null,
      mature: true,
      metrics: { accuracy: { value: 0.9, ci_low: 0.85, ci_high: 0.94, reference: 0.91 } },
    }),
    verdict("latency_slo", {
      objective: { threshold_ms: 20, target: 0.99, period_ms: 28 * DAY_MS },
      good: 99,
      total: 100,
      achieved: 0.99,
      budget_left: 0,
      burn_rates: [{ window: "1h", burn_rate: 1, good: 99, total: 100 }],
      time_to_exhaustion_ms: null,
    }),
  ]);
  await store.records.incident.put("default", INCIDENT.id, INCIDENT, "analyzer");
  await store.records.channel.put("default", LOGGED.id, LOGGED, "test");
  for (const one of DEAD_LETTERS) await store.records.notification.put("default", one.id, one, "analyzer");
  await store.deliveries.log("default", { ...ATTEMPT, at: Date.now() - 60_000 });
  await store.records.reference.put("default", REFERENCE.id, REFERENCE, "test");
  await store.records.retraining.put("default", "retraining_1", RETRAINING, "analyzer");
  await store.records.user.put("default", USER.id, USER, "system");
  for (const session of SESSIONS) await store.records.session.put("default", session.id, session, USER.email);
}

function verdict(kind: MonitorKind, detail: Record<string, unknown>): Evaluation {
  return {
    model: "flights",
    version: "1",
    environment: "production",
    monitor_id: `automatic-${kind}`,
    kind,
    segment: "",
    window_start: START,
    window_end: START + DAY_MS,
    revision: 1,
    outcome: "ok",
    reason: "100 predictions; usual is 98 (81 to 117)",
    detail,
    state: {},
    evaluated_at: START + DAY_MS,
  };
}

const INCIDENT: Incident = {
  id: "incident_1",
  model: "flights",
  version: "1",
  environment: "production",
  cause: "pipeline",
  confidence: 0.9,
  severity: "page",
  state: "firing",
  title: "flights (v1): distance looks multiplied by 1.609 (miles to kilometres)",
  summary:
    "distance: values look multiplied by 1.609 (miles to kilometres): mean 1,167 against 725. The window has 100 rows",
  next_steps: ["Look at the producer of distance."],
  features: [
    {
      name: "distance",
      claim: "looks multiplied by 1.609 (miles to kilometres)",
      evidence: "values look multiplied by 1.609 (miles to kilometres): mean 1,167 against 725",
    },
  ],
  started_at: START,
  last_failing_at: START + DAY_MS,
  fired_at: START + DAY_MS,
  healthy_windows: 0,
  evaluations: [],
  evaluation_count: 1,
};

const LOGGED = {
  ...{ id: "log", kind: "email" as const, name: "Log", enabled: true, created_at: START },
  to: ["ada@example.org"],
};

const DEAD_LETTERS = ["dead-1", "dead-2"].map(
  (id, index): Notification => ({
    ...{ id, incident_id: INCIDENT.id, channel_id: LOGGED.id, transition: "fired", status: "failed" },
    ...{ attempts: 11, last_error: "gave up after 11 attempts: no answer", created_at: START + index },
  }),
);

const ATTEMPT: Omit<DeliveryAttempt, "at"> = {
  ...{ notification_id: "dead-1", channel_id: LOGGED.id, incident_id: INCIDENT.id, transition: "fired" },
  ...{ attempt: 11, took_ms: 15_000, outcome: "retry", concerns_message: false, retry_after_ms: 0 },
  ...{ answer: "no answer", request: "mail to ada" },
};

const REFERENCE: Reference = {
  id: "ref_1",
  model: "flights",
  version: "1",
  source: "upload",
  rows: 10,
  from: START,
  to: START + DAY_MS,
  labelled_rows: 0,
  features: [],
  created_at: START,
};

const USER: User = {
  id: "user_1",
  email: "ada@example.org",
  password_hash: "scrypt$1$1$1$AA$AA",
  role: "admin",
  created_at: START,
  from_environment: true,
  epoch: 1,
};

const YEAR_3000_MS = Date.UTC(3000, 0, 1);
const SESSIONS: Session[] = [
  { id: "open", user_id: USER.id, user_epoch: 1, created_at: START, expires_at: YEAR_3000_MS },
  {
    id: "with-the-former-password",
    user_id: USER.id,
    user_epoch: 0,
    created_at: START,
    expires_at: YEAR_3000_MS,
  },
  { id: "expired", user_id: USER.id, user_epoch: 1, created_at: START, expires_at: START + DAY_MS },
];

const RETRAINING = {
  id: "retraining_1",
  incident_id: "incident_1",
  model: "flights",
  version: "1",
  channel_id: "channel_1",
  status: "requested" as const,
  requested_at: START,
  updated_at: START,
};
