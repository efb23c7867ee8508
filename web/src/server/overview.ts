import "server-only";
import { headlineHealth, healthWords, shownVersion } from "@leeway/core/health";
import type { Incident, Model, Monitor } from "@leeway/core/records";
import {
  type EnvironmentHealth,
  type EvaluationFilter,
  type EvaluationOutline,
  readModels,
} from "@leeway/store";
import { modelState } from "../view/model-state.ts";
import { type OverviewRow, sortOverview, type Trend } from "../view/overview-row.ts";
import { performanceLane } from "../view/performance-lane.ts";
import { server } from "./composition.ts";
import { loadHealth } from "./health.ts";
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
  const [models, monitors, traffic, log, health] = await Promise.all([
    readModels(store, principal.project),
    store.records.monitor.list(principal.project),
    loadTraffic(principal),
    loadIncidentLog(principal.project),
    loadHealth(principal),
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
        health.filter((one) => one.model === model.model),
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
  health: EnvironmentHealth[],
): Promise<OverviewRow> {
  const { store } = server();
  const headline = headlineHealth(health);
  if (headline === undefined) throw new Error(`the health of ${model.model} was not decided`);
  const newest = shownTraffic(traffic, incidents, headline.environment);
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
    state: modelState(headline, incidents),
    elsewhere: health
      .filter((one) => one !== headline && one.state !== "healthy" && one.state !== "learning")
      .map(({ environment, state }) => ({ environment, words: healthWords(state) })),
    shown: newest,
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

// The numbers are of the environment whose health leads, and of the version that its page shows.
function shownTraffic(
  traffic: readonly Traffic[],
  incidents: readonly Incident[],
  environment: string,
): Traffic | undefined {
  const versions = traffic.filter((one) => one.environment === environment);
  const shown = shownVersion({ versions, incidents, asked: {} });
  return shown.outcome === "shown" ? shown.version : undefined;
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
