import type { ChainStanding, HealthFacts, VersionHealthFacts } from "@leeway/core/health";
import type { Monitor, MonitorKind } from "@leeway/core/records";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 4, 12, 10);
const KINDS: readonly MonitorKind[] = ["drift", "performance", "volume", "labels", "latency_slo"];
const OUTCOMES: readonly ChainStanding["outcome"][] = [
  "ok",
  "drifting",
  "alarm",
  "immature",
  "insufficient_data",
  "not_defined",
  "no_data",
  "error",
];

/** healthStates returns the facts of models in which one monitor says each thing it can say, beside others that are well, and of models that nothing watches. */
export function healthStates(): HealthFacts[] {
  const said = KINDS.flatMap((kind) =>
    OUTCOMES.flatMap((outcome) =>
      ["", "region=eu"].map((segment) =>
        facts({
          standings: KINDS.map((one) =>
            standing(
              one,
              one === kind
                ? { outcome, segment, reason: "The reference has no rows", unjudged_since: NOW - 9 * HOUR }
                : {},
            ),
          ),
        }),
      ),
    ),
  );
  const late = [2, 3, 40].map((hours) =>
    facts({
      standings: KINDS.map((kind) =>
        standing(kind, {
          window_start: NOW - (hours + 1) * HOUR,
          window_end: NOW - hours * HOUR,
          evaluated_at: NOW - hours * HOUR,
        }),
      ),
    }),
  );
  const judged = [0, 1, 28].map((count) =>
    facts({
      standings: KINDS.map((kind) => standing(kind, kind === "drift" ? { judged: count, of: 30 } : {})),
    }),
  );
  const wait = version({ reference: { outcome: "wait", reason: "120 of 500 rows so far" } });
  return [
    ...said,
    ...late,
    ...judged,
    facts({ versions: [] }),
    facts({ versions: [version({ isArchived: true })] }),
    facts({ monitors: [], standings: [] }),
    facts({ monitors: KINDS.map((kind) => ({ ...monitor(kind), enabled: false })) }),
    facts({ standings: [] }),
    facts({ versions: [wait], standings: [] }),
    facts({ torn: [{ of: "predictions", span: { from: NOW - DAY, to: NOW } }, { of: "labels" }] }),
    facts({ torn: [{ of: "labels" }, { of: "labels" }] }),
  ];
}

function facts(changes: Partial<HealthFacts>): HealthFacts {
  return {
    incidents: [],
    versions: [version({})],
    monitors: KINDS.map(monitor),
    standings: KINDS.map((kind) => standing(kind, {})),
    torn: [],
    now: NOW,
    ...changes,
  };
}

function monitor(kind: MonitorKind): Monitor {
  const created_at = NOW - 30 * DAY;
  return {
    id: kind,
    model: "m",
    kind,
    environment: "production",
    window: HOUR,
    minimum_count: 30,
    enabled: true,
    automatic: true,
    created_at,
  };
}

function version(changes: Partial<VersionHealthFacts>): VersionHealthFacts {
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

function standing(kind: MonitorKind, changes: Partial<ChainStanding>): ChainStanding {
  return {
    version: "1",
    monitor_id: kind,
    kind,
    segment: "",
    window_start: NOW - HOUR,
    window_end: NOW,
    outcome: "ok",
    reason: "12,050 predictions; usual is 12,098 (10,341 to 14,154)",
    evaluated_at: NOW,
    judged_until: NOW,
    unjudged_since: NOW,
    ...changes,
  };
}
