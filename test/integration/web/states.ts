import type { Evaluation, Outcome } from "@leeway/core/evaluation";
import type { HealthState } from "@leeway/core/health";
import type { Incident, Monitor, MonitorKind, Reference } from "@leeway/core/records";
import type { Store } from "@leeway/store";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** State is what a model has, beside its record: `healthy` unless said otherwise. */
interface State {
  health: HealthState;
  /** Versions as `version environment`, with the days of traffic before now. */
  traffic?: Record<string, number>;
  /** Outcomes of the newest window by kind; the newest is an hour old unless `windowsAgo` is more. */
  verdicts?: Partial<Record<MonitorKind, Outcome>>;
  windowsAgo?: number;
  incidents?: Partial<Record<Incident["state"], string>>;
  references?: Pick<Reference, "id" | "version" | "source" | "created_at">[];
  chosen?: string;
  hasMonitors?: boolean;
  /** A prediction long before the rest. */
  stray?: boolean;
  archived?: string[];
}

const upload = { id: "ref-1", version: "1", source: "upload", created_at: 1 } as const;
const own = { id: "ref-2", version: "2", source: "automatic", created_at: 2 } as const;
const ONE = { "1 production": 5 };
const TWO = { "1 production": 5, "2 production": 2 };

/** STATES are the situations in which every surface is asked the same questions. */
export const STATES = {
  "nothing ever came": {
    health: "no_traffic",
    traffic: {},
    references: [],
    verdicts: {},
    hasMonitors: false,
  },
  "no monitor is set up yet": { health: "learning", references: [], verdicts: {}, hasMonitors: false },
  "no reference could be taken yet": { health: "learning", references: [], verdicts: { volume: "ok" } },
  "every verdict is healthy": { health: "healthy" },
  "a window drifts": { health: "watching", verdicts: { drift: "drifting", volume: "ok" } },
  "a check failed": { health: "blind", verdicts: { drift: "error", volume: "ok" } },
  "a window could not be judged": { health: "blind", verdicts: { drift: "insufficient_data", volume: "ok" } },
  "verdicts stopped": { health: "behind", windowsAgo: 30 },
  "labels have no usable class": {
    health: "misconfigured",
    verdicts: { performance: "not_defined", drift: "ok" },
  },
  "a check fires": { health: "incident", incidents: { firing: "1" } },
  "somebody has taken an incident on": { health: "incident", incidents: { acknowledged: "1" } },
  "an incident is pending": { health: "watching", incidents: { pending: "1" } },
  "an incident is over": { health: "healthy", incidents: { resolved: "1" } },
  "two versions share one given reference": { health: "healthy", traffic: TWO, references: [upload, own] },
  "a person chose a version's reference": {
    ...{ health: "healthy", traffic: TWO, references: [upload, own], chosen: "ref-2" },
  },
  "the older version is in trouble": {
    ...{ health: "incident", traffic: TWO, references: [upload], incidents: { firing: "1" } },
  },
  "a candidate runs in shadow": { health: "healthy", traffic: { ...ONE, "2 shadow": 3 } },
  "one prediction lies seven years back": { health: "healthy", stray: true },
  "every version is archived": { health: "no_traffic", archived: ["1"] },
} as const satisfies Record<string, State>;

export type StateName = keyof typeof STATES;

/** seedState fills a project with model `m` in one of the states. */
export async function seedState(store: Store, project: string, name: StateName, now: number): Promise<void> {
  const state: State = STATES[name];
  const { records } = store;
  const put = { model: "m", task: "binary", configured: true, created_at: now - 30 * DAY } as const;
  await records.model.put(project, "m", { ...put, positive_class: "true" }, "test");
  const traffic = Object.entries(state.traffic ?? ONE).map(([key, days]) => {
    const [version = "", environment = ""] = key.split(" ");
    return { version, environment, days };
  });
  for (const { version, environment, days } of traffic) {
    await insertTraffic(store, project, { version, environment, from: now - days * DAY, to: now });
    const stage = state.archived?.includes(version) === true ? { stage: "archived" as const } : {};
    const settings = { model: "m", version, created_at: now - 30 * DAY, ...stage };
    await records.version.put(project, `m/${version}`, settings, "test");
  }
  if (state.stray === true) {
    const from = now - 7 * 365 * DAY;
    await insertTraffic(store, project, { version: "1", environment: "production", from, to: from + HOUR });
  }
  for (const reference of state.references ?? [upload]) {
    const rest = { model: "m", rows: 1_000, from: now - 90 * DAY, to: now - 60 * DAY, labelled_rows: 0 };
    await records.reference.put(project, reference.id, { ...rest, ...reference, features: [] }, "test");
  }
  if (state.chosen !== undefined) {
    const choice = { use: "reference", model: "m", version: "2", reference_id: state.chosen } as const;
    await records.referenceChoice.put(project, "m/2", { ...choice, at: now, by: "ann@example.org" }, "test");
  }
  const verdicts = state.verdicts ?? { drift: "ok", volume: "ok" };
  if (state.hasMonitors !== false) await putMonitors(store, project, verdicts, traffic, now);
  const end = Math.floor(now / HOUR) * HOUR - ((state.windowsAgo ?? 1) - 1) * HOUR;
  await store.evaluations.insert(
    project,
    traffic.flatMap(({ version, environment }) =>
      Object.entries(verdicts).map(([kind, outcome]) =>
        verdict({ version, environment, kind: kind as MonitorKind, outcome, end }),
      ),
    ),
  );
  for (const [standing, version] of Object.entries(state.incidents ?? {})) {
    const incident = incidentOf(standing as Incident["state"], version, now);
    await records.incident.put(project, incident.id, incident, "leeway");
  }
}

async function putMonitors(
  store: Store,
  project: string,
  verdicts: Partial<Record<MonitorKind, Outcome>>,
  traffic: readonly { environment: string }[],
  now: number,
): Promise<void> {
  const kinds = new Set<MonitorKind>([...(Object.keys(verdicts) as MonitorKind[]), "drift"]);
  for (const environment of new Set(traffic.map((one) => one.environment as Monitor["environment"]))) {
    for (const kind of kinds) {
      const id = `${environment}-${kind}`;
      const rest = { window: HOUR, minimum_count: 30, enabled: true, automatic: true } as const;
      const monitor = { id, model: "m", kind, environment, created_at: now - 30 * DAY, ...rest };
      await store.records.monitor.put(project, id, monitor, "test");
    }
  }
}

function verdict(one: {
  version: string;
  environment: string;
  kind: MonitorKind;
  outcome: Outcome;
  end: number;
}): Evaluation {
  const { version, kind, outcome, end } = one;
  const environment = one.environment as Evaluation["environment"];
  const detail = { start: end - HOUR, end, outcome, reason: "As it is", features: {} };
  return {
    ...{ model: "m", version, environment, monitor_id: `${environment}-${kind}`, kind, segment: "" },
    ...{ window_start: end - HOUR, window_end: end, revision: 1, outcome, reason: "As it is" },
    ...{ detail, state: {}, evaluated_at: end + 60_000 },
  };
}

function incidentOf(state: Incident["state"], version: string, now: number): Incident {
  return {
    ...{ id: `incident-${state}`, model: "m", version, environment: "production", cause: "pipeline" },
    ...{
      confidence: 0.9,
      severity: "page",
      state,
      title: "m: distance is missing",
      summary: "",
      next_steps: [],
      features: [],
    },
    ...{ started_at: now - 5 * HOUR, last_failing_at: now - HOUR, fired_at: now - 4 * HOUR },
    ...(state === "acknowledged" ? { acknowledged_by: "ann@example.org" } : {}),
    ...(state === "resolved" ? { resolved_by: "leeway", resolved_at: now - HOUR } : {}),
    ...{ healthy_windows: 0, evaluations: [], evaluation_count: 1 },
  };
}

const wall = (time: number) => new Date(time).toISOString().replace("T", " ").replace("Z", "");

/** insertTraffic stores a prediction every ten minutes, as ingest would. */
async function insertTraffic(
  store: Store,
  project: string,
  span: { version: string; environment: string; from: number; to: number },
): Promise<void> {
  const { version, environment, from, to } = span;
  const count = Math.ceil((to - from) / (HOUR / 6));
  await store.client.insert({
    table: "predictions",
    format: "JSONEachRow",
    values: Array.from({ length: count }, (_unused, index) => ({
      ...{ project, model: "m", version, environment, payload_hash: 1, score: (index % 10) / 10 },
      id: `${version}-${environment}-${from}-${index}`,
      timestamp: wall(from + (index * HOUR) / 6),
      received_at: wall(from + (index * HOUR) / 6),
      numbers: { distance: index % 7 },
    })),
  });
}
