import "server-only";
import { sloWindowSchema } from "@leeway/core/evaluation";
import type { Incident, Model, Monitor } from "@leeway/core/records";
import { driftCellDetail } from "../view/drift-cell-detail.ts";
import { driftLane, readDetail } from "../view/drift-lane.ts";
import type { ModelPageView, ReferenceInfo, SeenVersion } from "../view/model-page.ts";
import { latestOfEach, modelState, worstIncident } from "../view/model-state.ts";
import type { PageAddress } from "../view/page-address.ts";
import { performanceLane } from "../view/performance-lane.ts";
import { fillSteps, servingStep } from "../view/serving-step.ts";
import { parseTimeRange, type TimeRange } from "../view/time-range.ts";
import { server } from "./composition.ts";
import { loadDevices } from "./devices.ts";
import { loadIncidentLog } from "./incidents.ts";
import type { Principal } from "./principal.ts";
import { heldReference } from "./reference.ts";
import { loadServing, loadTraffic } from "./traffic.ts";

const DAY = 86_400_000;
/** How far back the newest verdicts are looked for, in windows. */
const RECENT_WINDOWS = 30;

/** loadModelPage returns what the model page shows for an address, or undefined where the person's project has no such model. */
export async function loadModelPage(
  principal: Principal,
  name: string,
  address: PageAddress,
): Promise<ModelPageView | undefined> {
  const { project } = principal;
  const { store, now } = server();
  const model = await store.records.model.get(project, name);
  if (model === undefined) return undefined;
  const [versions, monitors, log] = await Promise.all([
    loadVersions(principal, name),
    store.records.monitor.list(project),
    loadIncidentLog(project),
  ]);
  const madeAt = now();
  const incidents = log.incidents.filter((incident) => incident.model === name);
  const version = chooseVersion(versions, incidents, address);
  const latest = versions.length === 0 ? undefined : Math.max(...versions.map(({ lastSeen }) => lastSeen));
  const windowMs = monitoringWindow(model, monitors);
  const range = parseTimeRange(address, {
    first: versions.length === 0 ? madeAt : Math.min(...versions.map(({ firstSeen }) => firstSeen)),
    latest: latest ?? madeAt,
    now: madeAt,
    windowMs,
  });
  const stepMs = servingStep(range.to - range.from);
  const scope = {
    model: name,
    version: version?.version ?? "",
    environment: version?.environment ?? "production",
  };

  const [evaluations, recent, serving, devices, reference] =
    version === undefined
      ? [[], undefined, [], [], undefined]
      : await Promise.all([
          store.evaluations.list(project, {
            ...scope,
            segment: "",
            from: range.from - windowMs,
            to: range.to,
          }),
          holdsNewest(range, version, windowMs)
            ? undefined
            : store.evaluations.list(project, {
                ...scope,
                segment: "",
                from: version.lastSeen - RECENT_WINDOWS * windowMs,
                to: version.lastSeen + windowMs,
              }),
          loadServing(principal, { ...scope, from: range.from, to: range.to, stepMs }),
          loadDevices(principal, name, version.lastSeen),
          loadReference(principal, scope),
        ]);
  const newest = recent ?? evaluations;
  const visible = evaluations.filter(({ window_end }) => window_end > range.from);
  const slo = newest.filter(({ kind }) => kind === "latency_slo").at(-1);
  const driftEvaluations = visible.filter(({ kind }) => kind === "drift");
  return {
    model,
    state: modelState({
      incidents,
      latest: latestOfEach(newest),
      lastReceived: latest === undefined ? undefined : madeAt,
      lastEvent: version?.lastSeen,
      now: madeAt,
    }),
    madeAt,
    latest,
    range,
    windowMs,
    version,
    versions: versions.map((seen) => ({
      ...seen,
      incidents: incidents.filter(
        (one) => one.version === seen.version && one.environment === seen.environment,
      ).length,
    })),
    incidents,
    serving: {
      stepMs,
      points: fillSteps(serving, stepMs, (start, end) => ({
        start,
        end,
        total: 0,
        errors: 0,
        p50: null,
        p95: null,
        p99: null,
      })),
    },
    drift: driftLane(driftEvaluations),
    driftDetail: openedCell(driftEvaluations, address),
    performance: performanceLane(
      visible.filter(({ kind }) => kind === "performance"),
      address["metric"],
    ),
    slo: slo === undefined ? undefined : sloWindowSchema.safeParse(slo.detail).data,
    devices,
    reference,
  };
}

// A range that reaches the newest data, and far enough back, holds the newest verdict of every monitor: no need to ask twice.
function holdsNewest(range: TimeRange, version: SeenVersion, windowMs: number): boolean {
  const from = Math.max(version.firstSeen, version.lastSeen - RECENT_WINDOWS * windowMs);
  return range.to > version.lastSeen && range.from <= from;
}

async function loadVersions(principal: Principal, model: string): Promise<SeenVersion[]> {
  const [traffic, settings] = await Promise.all([
    loadTraffic(principal, model),
    server().store.records.version.list(principal.project),
  ]);
  return traffic
    .map(({ version, environment, firstSeen, lastSeen }) => ({
      version,
      environment,
      firstSeen,
      lastSeen,
      settings: settings.find((one) => one.model === model && one.version === version),
      incidents: 0,
    }))
    .sort((a, b) => b.firstSeen - a.firstSeen);
}

// Who comes without a version in mind wants to see the one that is in trouble, else the one that is live.
function chooseVersion(
  versions: readonly SeenVersion[],
  incidents: readonly Incident[],
  address: PageAddress,
): SeenVersion | undefined {
  const environment = address["environment"] ?? "production";
  const asked = versions.find((one) => one.version === address["version"] && one.environment === environment);
  if (asked !== undefined) return asked;
  const worst = worstIncident(incidents);
  const troubled = versions.find(
    (one) => one.version === worst?.version && one.environment === worst.environment,
  );
  if (troubled !== undefined) return troubled;
  const production = versions.filter((one) => one.environment === "production");
  return [...(production.length > 0 ? production : versions)].sort((a, b) => b.lastSeen - a.lastSeen)[0];
}

function monitoringWindow(model: Model, monitors: readonly Monitor[]): number {
  const windows = monitors
    .filter((one) => one.model === model.model && (one.kind === "drift" || one.kind === "performance"))
    .map(({ window }) => window);
  return windows.length > 0 ? Math.min(...windows) : (model.window ?? DAY);
}

function openedCell(evaluations: Parameters<typeof driftLane>[0], address: PageAddress) {
  const { feature, start } = address;
  if (feature === undefined || start === undefined) return undefined;
  const evaluation = evaluations.find(({ window_start }) => window_start === Number(start));
  const window = evaluation === undefined ? undefined : readDetail(evaluation);
  return window === undefined ? undefined : driftCellDetail(window, feature);
}

async function loadReference(
  principal: Principal,
  scope: { model: string; version: string },
): Promise<ReferenceInfo | undefined> {
  const reference = await heldReference(principal, scope);
  if (reference === undefined) return undefined;
  return {
    id: reference.id,
    source: reference.source,
    rows: reference.rows,
    labelledRows: reference.labelled_rows,
    from: reference.from,
    to: reference.to,
    features: reference.features.length,
    version: reference.version,
  };
}
