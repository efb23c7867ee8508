import "server-only";
import { headlineHealth, healthWords, shownVersion } from "@leeway/core/health";
import { usefulShare, usefulWords } from "@leeway/core/incidents";
import type { Incident, Model, Monitor } from "@leeway/core/records";
import {
  type DrawnVerdict,
  type EnvironmentHealth,
  type EvaluationOutline,
  type RecentSubject,
  readModels,
} from "@leeway/store";
import type { ServingPoint } from "../view/model-page.ts";
import { modelState } from "../view/model-state.ts";
import { type OverviewRow, sortOverview, type Trend } from "../view/overview-row.ts";
import { performanceLane } from "../view/performance-lane.ts";
import { server } from "./composition.ts";
import { loadHealth } from "./health.ts";
import { loadIncidentLog } from "./incidents.ts";
import type { Principal } from "./principal.ts";
import { loadServingOfMany, loadTraffic, type Traffic } from "./traffic.ts";

const DAY = 86_400_000;
const TREND_WINDOWS = 30;
const LIVE_WINDOWS = 3;

/** Overview is the page of all models. */
export interface Overview {
  rows: OverviewRow[];
  /** How many of the alarms that people marked were useful, in words; undefined where none is marked. */
  useful: string | undefined;
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
  const known = models.map((model): KnownModel => {
    const mine = traffic.filter((one) => one.model === model.model);
    const incidents = log.incidents.filter((incident) => incident.model === model.model);
    const states = health.filter((one) => one.model === model.model);
    const headline = headlineHealth(states);
    if (headline === undefined) throw new Error(`the health of ${model.model} was not decided`);
    const shown = shownTraffic(mine, incidents, headline.environment);
    return { model, traffic: mine, incidents, health: states, headline, shown };
  });
  const shown = known.flatMap((one) => one.shown ?? []);
  const [evaluations, serving] = await Promise.all([
    store.evaluations.recent(
      principal.project,
      shown.map((one) => recentSubject(monitors, one)),
    ),
    loadServingOfMany(
      principal,
      shown.map((one) => ({ ...one, from: one.lastSeen - DAY, to: one.lastSeen + 1 })),
      DAY / 24,
    ),
  ]);
  const verdicts = new Map<string, DrawnVerdict[]>();
  for (const one of evaluations) verdicts.set(one.model, [...(verdicts.get(one.model) ?? []), one]);
  const rows = known.map((one) =>
    overviewRow(one, verdicts.get(one.model.model) ?? [], serving.get(one.model.model) ?? []),
  );
  return {
    rows: sortOverview(rows),
    useful: usefulWords(usefulShare(log.incidents)),
    madeAt,
    ingestUrl: config.ingestUrl,
  };
}

interface KnownModel {
  model: Model;
  traffic: Traffic[];
  incidents: Incident[];
  health: EnvironmentHealth[];
  headline: EnvironmentHealth;
  shown: Traffic | undefined;
}

function overviewRow(
  { model, traffic, incidents, health, headline, shown }: KnownModel,
  evaluations: readonly DrawnVerdict[],
  serving: readonly ServingPoint[],
): OverviewRow {
  const drift = evaluations.filter(({ kind }) => kind === "drift");
  const lane = performanceLane(
    evaluations.filter(({ kind }) => kind === "performance"),
    undefined,
  );
  const mature = lane.points.filter((point) => point.isJudged);
  return {
    model: model.model,
    ...(model.owner === undefined ? {} : { owner: model.owner }),
    task: model.task,
    description: model.description,
    state: modelState(headline, incidents),
    elsewhere: health
      .filter((one) => one !== headline && one.state !== "healthy" && one.state !== "learning")
      .map(({ environment, state }) => ({ environment, words: healthWords(state) })),
    shown,
    versions: liveVersions(traffic, evaluations),
    lastReceived: traffic.length === 0 ? undefined : Math.max(...traffic.map((one) => one.lastReceived)),
    lastEvent: shown?.lastSeen,
    predictionsDay: shown === undefined ? null : serving.reduce((sum, point) => sum + point.total, 0),
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

function recentSubject(monitors: readonly Monitor[], shown: Traffic): RecentSubject {
  const windows = monitors.filter(({ model }) => model === shown.model).map(({ window }) => window);
  const windowMs = windows.length === 0 ? DAY : Math.max(...windows);
  const { model, version, environment, lastSeen } = shown;
  return { model, version, environment, from: lastSeen - TREND_WINDOWS * windowMs };
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
