import { expect, test } from "vitest";
import type { Incident, Monitor, MonitorKind } from "../records/index.ts";
import type { ChainStanding, HealthFacts, VersionHealthFacts } from "./health-facts.ts";
import { HEALTH_STATES } from "./health-state.ts";
import { modelHealth } from "./model-health.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 4, 12, 10);

const KINDS: readonly MonitorKind[] = ["drift", "performance", "volume", "labels", "latency_slo"];

function monitor(kind: MonitorKind, changes: Partial<Monitor> = {}): Monitor {
  return {
    id: kind,
    model: "m",
    kind,
    environment: "production",
    window: HOUR,
    minimum_count: 30,
    enabled: true,
    automatic: true,
    created_at: NOW - 30 * DAY,
    ...changes,
  };
}

function version(changes: Partial<VersionHealthFacts> = {}): VersionHealthFacts {
  return {
    version: "1",
    firstSeen: NOW - 30 * DAY,
    lastSeen: NOW - 60_000,
    lastReceived: NOW - 60_000,
    isArchived: false,
    reference: {
      outcome: "found",
      reference: { version: "1", source: "upload", from: NOW - 90 * DAY, to: NOW - 60 * DAY },
    },
    ...changes,
  };
}

function standing(kind: MonitorKind, changes: Partial<ChainStanding> = {}): ChainStanding {
  return {
    version: "1",
    monitor_id: kind,
    kind,
    segment: "",
    window_start: NOW - HOUR,
    window_end: NOW,
    outcome: "ok",
    reason: "As usual",
    evaluated_at: NOW,
    judged_until: NOW,
    unjudged_since: NOW,
    ...changes,
  };
}

function incident(state: Incident["state"], cause: Incident["cause"] = "pipeline"): Incident {
  return {
    id: `${state}-${cause}`,
    model: "m",
    version: "1",
    environment: "production",
    cause,
    confidence: 0.9,
    severity: "page",
    state,
    title: `Title of ${cause}`,
    summary: "",
    next_steps: [],
    features: [],
    started_at: NOW - 3 * HOUR,
    last_failing_at: NOW,
    healthy_windows: 0,
    evaluations: [],
    evaluation_count: 0,
  };
}

/** healthy are the facts of a model that is well, with the verdicts of some kinds replaced. */
function facts(changes: Partial<HealthFacts> & { verdicts?: ChainStanding[] } = {}): HealthFacts {
  const { verdicts = [], ...rest } = changes;
  const replaced = new Set(verdicts.filter(({ segment }) => segment === "").map(({ kind }) => kind));
  return {
    incidents: [],
    versions: [version()],
    monitors: KINDS.map((kind) => monitor(kind)),
    standings: [...KINDS.filter((kind) => !replaced.has(kind)).map((kind) => standing(kind)), ...verdicts],
    torn: [],
    now: NOW,
    ...rest,
  };
}

const unjudged = { judged_until: undefined, unjudged_since: NOW - 2 * HOUR };
const waiting = { outcome: "wait", reason: "120 of 500 rows so far" } as const;
const automatic = (to: number) =>
  ({ outcome: "found", reference: { version: "1", source: "automatic", from: NOW - 30 * DAY, to } }) as const;

test.each<[string, Parameters<typeof facts>[0], string, RegExp]>([
  ["healthy verdicts on fresh data", {}, "healthy", /newest window of every monitor is as usual/],
  [
    "a healthy window of which a few features could not be judged",
    { verdicts: [standing("drift", { judged: 28, of: 30 })] },
    "healthy",
    /28 of 30 features/,
  ],
  [
    "a window of which most features could not be judged",
    { verdicts: [standing("drift", { judged: 3, of: 30 })] },
    "blind",
    /Only 3 of 30/,
  ],
  ["a firing incident", { incidents: [incident("firing")] }, "incident", /Title of pipeline/],
  [
    "a firing incident beside an acknowledged one",
    { incidents: [incident("acknowledged"), incident("firing", "concept_drift")] },
    "incident",
    /concept_drift/,
  ],
  ["an acknowledged incident", { incidents: [incident("acknowledged")] }, "incident", /pipeline/],
  [
    "an incident that nobody was notified of yet",
    { incidents: [incident("pending")] },
    "watching",
    /pipeline/,
  ],
  ["a resolved incident", { incidents: [incident("resolved")] }, "healthy", /as usual/],
  ["nothing ever received", { versions: [], standings: [], monitors: [] }, "no_traffic", /No prediction/],
  ["only archived versions", { versions: [version({ isArchived: true })] }, "no_traffic", /archived/],
  [
    "traffic that stopped",
    {
      versions: [version({ lastSeen: NOW - 3 * HOUR })],
      verdicts: [standing("volume", { outcome: "no_data" })],
    },
    "no_traffic",
    /No prediction came/,
  ],
  [
    "traffic that stopped while nothing watches the volume",
    {
      versions: [version({ lastSeen: NOW - 3 * HOUR })],
      monitors: [monitor("drift")],
      standings: [standing("drift", { outcome: "no_data" })],
    },
    "no_traffic",
    /No prediction came/,
  ],
  [
    "data without any monitor yet",
    { monitors: [], standings: [] },
    "learning",
    /set up once a day of traffic is known/,
  ],
  [
    "data without any verdict yet",
    {
      standings: [],
      versions: [version({ firstSeen: NOW - HOUR, lastSeen: NOW - 30 * 60_000 })],
    },
    "learning",
    /No window of version 1 has been judged/,
  ],
  [
    "a version of a day that nothing has judged",
    { standings: [], versions: [version({ firstSeen: NOW - DAY, reference: waiting })] },
    "behind",
    /over and not judged/,
  ],
  [
    "a version that waits for its reference while everything else is judged",
    {
      versions: [version({ firstSeen: NOW - DAY, reference: waiting })],
      monitors: [monitor("drift"), monitor("volume")],
      standings: [standing("volume")],
    },
    "learning",
    /120 of 500 rows/,
  ],
  [
    "no reference for long",
    {
      versions: [version({ firstSeen: NOW - 9 * DAY, reference: waiting })],
      monitors: [monitor("drift"), monitor("volume")],
      standings: [standing("volume")],
    },
    "blind",
    /120 of 500 rows/,
  ],
  [
    "a newest window that is part of the version's own reference",
    {
      versions: [version({ reference: automatic(NOW) })],
      verdicts: [standing("drift", { outcome: "insufficient_data", ...unjudged })],
    },
    "learning",
    /compared with its first windows/,
  ],
  [
    "a check that failed",
    { verdicts: [standing("performance", { outcome: "error", reason: "The store refused.", ...unjudged })] },
    "blind",
    /The performance could not be judged\. The store refused/,
  ],
  [
    "a check of a slice that failed",
    { verdicts: [standing("drift", { segment: "region=eu", outcome: "error", ...unjudged })] },
    "blind",
    /The inputs of region=eu could not be judged/,
  ],
  [
    "too few rows in a slice",
    { verdicts: [standing("drift", { segment: "region=eu", outcome: "insufficient_data" })] },
    "healthy",
    /as usual/,
  ],
  [
    "too few rows in the newest window",
    { verdicts: [standing("drift", { outcome: "insufficient_data", reason: "12 rows, 30 are needed" })] },
    "blind",
    /12 rows/,
  ],
  [
    "inputs of which no test is defined",
    { verdicts: [standing("drift", { outcome: "not_defined", ...unjudged })] },
    "blind",
    /The inputs could not be judged/,
  ],
  [
    "metrics that no label can define",
    {
      verdicts: [
        standing("performance", { outcome: "not_defined", reason: "The positive class is unknown" }),
      ],
    },
    "misconfigured",
    /positive class is unknown/,
  ],
  [
    "an objective that can never be missed",
    { verdicts: [standing("latency_slo", { outcome: "not_defined" })] },
    "misconfigured",
    /latency objective/,
  ],
  [
    "labels that stopped",
    { verdicts: [standing("labels", { outcome: "drifting", reason: "Labels are missing" })] },
    "blind",
    /Labels are missing/,
  ],
  [
    "one window with too few labels",
    {
      verdicts: [
        standing("performance", {
          outcome: "insufficient_data",
          judged_until: NOW - HOUR,
          unjudged_since: NOW - HOUR,
        }),
      ],
    },
    "healthy",
    /as usual/,
  ],
  [
    "several windows in a row with too few labels",
    {
      verdicts: [
        standing("performance", {
          outcome: "insufficient_data",
          judged_until: NOW - 3 * HOUR,
          unjudged_since: NOW - 3 * HOUR,
        }),
      ],
    },
    "blind",
    /The performance/,
  ],
  [
    "a model that never had labels",
    {
      verdicts: [
        standing("labels", { outcome: "insufficient_data" }),
        standing("performance", { outcome: "immature", ...unjudged }),
      ],
    },
    "healthy",
    /as usual/,
  ],
  [
    "verdicts that are hours old while traffic goes on",
    {
      standings: KINDS.map((kind) =>
        standing(kind, {
          window_start: NOW - 5 * HOUR,
          window_end: NOW - 4 * HOUR,
          evaluated_at: NOW - 4 * HOUR,
        }),
      ),
    },
    "behind",
    /3 windows are over/,
  ],
  [
    "one monitor that stopped judging while the others go on",
    {
      verdicts: [
        standing("drift", {
          window_start: NOW - 5 * HOUR,
          window_end: NOW - 4 * HOUR,
          evaluated_at: NOW - 4 * HOUR,
        }),
      ],
    },
    "behind",
    /The inputs of version 1/,
  ],
  [
    "one monitor that never judged anything",
    { monitors: [...KINDS.map((kind) => monitor(kind)), monitor("drift", { id: "drift-of-prices" })] },
    "behind",
    /windows are over and not judged/,
  ],
  [
    "a monitor that was made a minute ago",
    {
      monitors: [
        ...KINDS.map((kind) => monitor(kind)),
        monitor("drift", { id: "drift-of-prices", created_at: NOW - 60_000 }),
      ],
    },
    "healthy",
    /as usual/,
  ],
  [
    "months that a replay brought just now",
    {
      versions: [
        version({ firstSeen: NOW - 200 * DAY, lastSeen: NOW - 90 * DAY, lastReceived: NOW - 2_000 }),
      ],
      standings: KINDS.map((kind) =>
        standing(kind, { window_start: NOW - 151 * DAY, window_end: NOW - 151 * DAY + HOUR }),
      ),
    },
    "healthy",
    /as usual/,
  ],
  [
    "months that a replay brought two hours ago and nobody has judged since",
    {
      versions: [
        version({ firstSeen: NOW - 200 * DAY, lastSeen: NOW - 90 * DAY, lastReceived: NOW - 2 * HOUR }),
      ],
      standings: KINDS.map((kind) =>
        standing(kind, {
          window_start: NOW - 151 * DAY,
          window_end: NOW - 151 * DAY + HOUR,
          evaluated_at: NOW - 2 * HOUR,
        }),
      ),
    },
    "behind",
    /windows are over/,
  ],
  [
    "a drifting window",
    { verdicts: [standing("drift", { outcome: "drifting", reason: "distance drifts" })] },
    "watching",
    /distance drifts/,
  ],
  [
    "an alarm whose incident a person has resolved",
    { verdicts: [standing("drift", { outcome: "alarm" })], incidents: [incident("resolved")] },
    "watching",
    /As usual/,
  ],
  [
    "no enabled monitor",
    { monitors: [monitor("drift", { enabled: false })] },
    "misconfigured",
    /No enabled monitor/,
  ],
  [
    "a version that another one has replaced, with an error in its last window",
    {
      versions: [version(), version({ version: "0", lastSeen: NOW - 2 * DAY })],
      verdicts: [standing("drift", { version: "0", outcome: "error" }), standing("drift")],
    },
    "healthy",
    /as usual/,
  ],
])("%s: the state says so", (_, changes, state, sentence) => {
  const health = modelHealth(facts(changes));
  expect([health.state, health.sentence]).toEqual([state, expect.stringMatching(sentence)]);
});

const MAY = { from: Date.UTC(2026, 4, 1), to: Date.UTC(2026, 5, 1) };
const JANUARY = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 1, 1) };

test.each<[string, HealthFacts["torn"], VersionHealthFacts, string, RegExp]>([
  [
    "predictions of this month",
    [{ of: "predictions", span: MAY }],
    version(),
    "blind",
    /^One .* predictions/,
  ],
  [
    "labels of no month",
    [{ of: "labels" }, { of: "labels" }],
    version(),
    "blind",
    /^2 stored parts of the labels/,
  ],
  [
    "predictions of long ago",
    [{ of: "predictions", span: JANUARY }],
    version({ firstSeen: 0 }),
    "healthy",
    /./,
  ],
  ["a month before the model", [{ of: "labels", span: JANUARY }], version(), "healthy", /./],
  ["rows of an archived version", [{ of: "labels" }], version({ isArchived: true }), "no_traffic", /./],
])("stored parts that cannot be read: %s", (_what, torn, one, state, sentence) => {
  const health = modelHealth(facts({ torn, versions: [one] }));
  expect([health.state, health.sentence]).toEqual([state, expect.stringMatching(sentence)]);
});

test("an incident that says that the model is not judged is blindness, with the way to it", () => {
  const blind = { ...incident("firing", "blind"), summary: "Not evaluated since 10:00: the store refused" };
  expect(modelHealth(facts({ incidents: [blind] }))).toMatchObject({
    state: "blind",
    sentence: "Not evaluated since 10:00: the store refused",
    incident_id: "firing-blind",
  });
});

test("of several findings the worst leads, and none is lost", () => {
  const health = modelHealth(
    facts({
      incidents: [incident("firing")],
      verdicts: [
        standing("drift", { outcome: "drifting" }),
        standing("performance", { outcome: "error", ...unjudged }),
      ],
    }),
  );
  expect(health).toMatchObject({ state: "incident", since: NOW - 3 * HOUR, incident_id: "firing-pipeline" });
  expect(health.findings.map(({ state }) => state)).toEqual(["incident", "blind", "watching"]);
});

test("whatever one verdict says, a model is healthy only where it says that it judged", () => {
  for (const outcome of ["error", "not_defined", "insufficient_data", "no_data"] as const) {
    const only = facts({
      monitors: [monitor("drift")],
      standings: [standing("drift", { outcome, ...unjudged })],
    });
    expect(modelHealth(only).state).not.toBe("healthy");
  }
});

test("healthy is the best of all states", () => {
  expect(HEALTH_STATES.at(-1)).toBe("healthy");
});
