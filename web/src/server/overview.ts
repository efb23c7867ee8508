import "server-only";
import type { Incident, Model, Monitor } from "@leeway/core/records";
import type { EvaluationFilter, EvaluationOutline } from "@leeway/store";
import { latestOfEach, modelState, worstIncident } from "../view/model-state.ts";
import { type OverviewRow, sortOverview, type Trend } from "../view/overview-row.ts";
import { performanceLane } from "../view/performance-lane.ts";
import { server } from "./composition.ts";
import { loadIncidentLog } from "./incidents.ts";
import type { Principal } from "./principal.ts";
import { loadServing, loadTraffic, type Traffic } from "./traffic.ts";

const DAY = 86_400_000;
const TREND_WINDOWS = 30;
const LIVE_WINDOWS = 3;

/** Overview is the page of all models. */
export interface Overview {
  rows: OverviewRow[];
  madeAt: number;
  ingestUrl: string;
}

/** loadOverview returns every model of the person's project, worst first. */
export async function loadOverview(principal: Principal): Promise<Overview> {
  const { store, now, config } = server();
  const [models, monitors, traffic, log] = await Promise.all([
    store.records.model.list(principal.project),
    store.records.monitor.list(principal.project),
    loadTraffic(principal),
    loadIncidentLog(principal.project),
  ]);
  const madeAt = now();
  const rows = await Promise.all(
    models.map((model) =>
      loadRow(
        principal,
        model,
        monitors.filter((one) => one.model === model.model),
        traffic.filter((one) => one.model === model.model),
        log.incidents.filter((incident) => incident.model === model.model),
        madeAt,
      ),
    ),
  );
  return { rows: sortOverview(rows), madeAt, ingestUrl: config.ingestUrl };
}

async function loadRow(
  principal: Principal,
  model: Model,
  monitors: Monitor[],
  traffic: Traffic[],
  incidents: Incident[],
  now: number,
): Promise<OverviewRow> {
  const { store } = server();
  const newest = shownTraffic(traffic, incidents);
  const lastEvent = newest?.lastSeen;
  const lastReceived = traffic.length === 0 ? undefined : Math.max(...traffic.map((one) => one.lastReceived));
  const [evaluations, performance, serving] =
    newest === undefined
      ? [[], [], []]
      : await Promise.all([
          store.evaluations.outlines(principal.project, recentEvaluations(monitors, newest)),
          store.evaluations.list(principal.project, {
            ...recentEvaluations(monitors, newest),
            kind: "performance",
          }),
          loadServing(principal, {
            ...newest,
            from: newest.lastSeen - DAY,
            to: newest.lastSeen + 1,
            stepMs: DAY / 24,
          }),
        ]);
  const drift = evaluations.filter(({ kind }) => kind === "drift");
  const lane = performanceLane(performance, undefined);
  const mature = lane.points.filter((point) => point.isJudged);
  return {
    model: model.model,
    task: model.task,
    description: model.description,
    state: modelState({ incidents, latest: latestOfEach(evaluations), lastReceived, lastEvent, now }),
    versions: liveVersions(traffic, evaluations),
    lastReceived,
    lastEvent,
    predictionsDay: newest === undefined ? null : serving.reduce((sum, point) => sum + point.total, 0),
    labelCoverage: mature.at(-1)?.coverage ?? null,
    drift: trend(drift.map(driftShare)),
    performance: {
      ...trend(mature.map(({ value }) => value)),
      metric: lane.metric,
      reference: mature.at(-1)?.reference ?? null,
    },
    latency: trend(serving.map(({ p95 }) => p95)),
  };
}

/** shownTraffic returns the version whose numbers stand on the overview: the one in trouble, else the one seen last in production (or, without any there, elsewhere). */
function shownTraffic(traffic: readonly Traffic[], incidents: readonly Incident[]): Traffic | undefined {
  const worst = worstIncident(incidents);
  const troubled = traffic.find(
    (one) => one.version === worst?.version && one.environment === worst.environment,
  );
  if (troubled !== undefined) return troubled;
  const production = traffic.filter(({ environment }) => environment === "production");
  return [...(production.length > 0 ? production : traffic)].sort((a, b) => b.lastSeen - a.lastSeen)[0];
}

function recentEvaluations(monitors: readonly Monitor[], newest: Traffic): EvaluationFilter {
  const windowMs = monitors.length === 0 ? DAY : Math.max(...monitors.map(({ window }) => window));
  return {
    model: newest.model,
    version: newest.version,
    environment: newest.environment,
    segment: "",
    from: newest.lastSeen - TREND_WINDOWS * windowMs,
    to: newest.lastSeen + windowMs,
  };
}

function liveVersions(
  traffic: readonly Traffic[],
  evaluations: readonly EvaluationOutline[],
): OverviewRow["versions"] {
  const last = evaluations.at(-1);
  const windowMs = last === undefined ? DAY : last.window_end - last.window_start;
  const newest = Math.max(...traffic.map(({ lastSeen }) => lastSeen));
  return traffic
    .filter(({ lastSeen }) => lastSeen > newest - LIVE_WINDOWS * windowMs)
    .sort((a, b) => b.firstSeen - a.firstSeen);
}

function driftShare({ judgedFeatures, driftedFeatures }: EvaluationOutline): number | null {
  return judgedFeatures === 0 ? null : driftedFeatures / judgedFeatures;
}

function trend(values: (number | null)[]): Trend {
  return { latest: values.findLast((value) => value !== null) ?? null, values };
}
