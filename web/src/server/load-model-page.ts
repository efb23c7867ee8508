import "server-only";
import { sloWindowSchema } from "@leeway/core/evaluation";
import { usefulShare, usefulWords } from "@leeway/core/incidents";
import type { ChangeEvent, Incident } from "@leeway/core/records";
import { type EnvironmentHealth, listChanges } from "@leeway/store";
import { addressNotices } from "../view/address-notices.ts";
import type { DriftCellDetail } from "../view/drift-cell-detail.ts";
import { driftLane } from "../view/drift-lane.ts";
import type { ModelPageView } from "../view/model-page.ts";
import { type ModelState, modelState } from "../view/model-state.ts";
import type { PageAddress } from "../view/page-address.ts";
import { performanceLane } from "../view/performance-lane.ts";
import { fillSteps, servingStep } from "../view/serving-step.ts";
import type { TimeRange } from "../view/time-range.ts";
import { loadBurnIns } from "./burn-ins.ts";
import { server } from "./composition.ts";
import { loadDevices } from "./devices.ts";
import type { FoundModelPage } from "./find-model-page.ts";
import { loadHealth } from "./health.ts";
import { type DriftCellAddress, loadDriftCell } from "./load-drift-cell.ts";
import type { Principal } from "./principal.ts";
import { loadReferencePanel } from "./reference.ts";
import { loadServing } from "./traffic.ts";

/** How far back the newest verdicts are looked for, in windows. */
const RECENT_WINDOWS = 30;
/** How many changes are shown, the newest. */
const MOST_CHANGES = 100;

const NO_REQUESTS = { total: 0, errors: 0, p50: null, p95: null, p99: null };

/** loadModelPage returns what the model page shows of what its address was found to be about. */
export async function loadModelPage(
  principal: Principal,
  found: FoundModelPage,
  address: PageAddress,
): Promise<ModelPageView> {
  const { project } = principal;
  const { store } = server();
  const { model, versions, version, incidents, range, windowMs, madeAt } = found;
  const name = model.model;
  const latest = versions.length === 0 ? undefined : Math.max(...versions.map(({ lastSeen }) => lastSeen));
  const stepMs = servingStep(range.to - range.from);
  const scope = {
    model: name,
    version: version?.version ?? "",
    environment: version?.environment ?? "production",
  };

  const changes = await loadChanges(principal, scope, range);
  const [evaluations, slo, serving, devices, references, health, driftDetail] =
    version === undefined
      ? [[], undefined, [], [], undefined, await loadHealth(principal, name), undefined]
      : await Promise.all([
          store.evaluations.drawn(project, {
            ...scope,
            kinds: ["drift", "performance"],
            segment: "",
            from: range.from - windowMs,
            to: range.to,
          }),
          newestSlo(project, scope, version.lastSeen, windowMs),
          loadServing(principal, { ...scope, from: range.from, to: range.to, stepMs }),
          loadDevices(principal, name, version.lastSeen),
          loadReferencePanel(principal, scope),
          loadHealth(principal, name),
          openedCell(principal, scope, found, address),
        ]);
  const burnIns = await loadBurnIns(project, name, madeAt);
  const visible = evaluations.filter(({ window_end }) => window_end > range.from);
  const drift = driftLane(visible.filter(({ kind }) => kind === "drift"));
  const performance = performanceLane(
    visible.filter(({ kind }) => kind === "performance"),
    address["metric"],
  );
  return {
    model,
    state: stateOf(health, scope.environment, incidents),
    madeAt,
    latest,
    range,
    windowMs,
    version,
    versions,
    incidents,
    changes,
    burnIns,
    useful: usefulWords(usefulShare(incidents)),
    serving: {
      stepMs,
      points: fillSteps(serving, stepMs, (start, end) => ({ ...NO_REQUESTS, start, end })),
    },
    drift,
    driftDetail,
    performance,
    notices: addressNotices(address, {
      metrics: performance.metrics,
      isCellShown: driftDetail !== undefined,
    }),
    slo: slo === undefined ? undefined : sloWindowSchema.safeParse(slo.detail).data,
    devices,
    references,
  };
}

async function loadChanges(
  { project }: Principal,
  { model, environment: shown }: { model: string; environment: string },
  { from, to }: TimeRange,
): Promise<ChangeEvent[]> {
  const changes = await listChanges(server().store, project, { model, from, to, limit: MOST_CHANGES });
  return changes.filter(({ environment }) => environment === undefined || environment === shown);
}

function newestSlo(
  project: string,
  scope: { model: string; version: string; environment: DriftCellAddress["environment"] },
  lastSeen: number,
  windowMs: number,
) {
  return server().store.evaluations.newest(project, {
    ...{ ...scope, kind: "latency_slo", segment: "" },
    ...{ from: lastSeen - RECENT_WINDOWS * windowMs, to: lastSeen + windowMs },
  });
}

// The page speaks of one environment: what is said of the others would be said of charts that are not shown.
function stateOf(
  health: EnvironmentHealth[],
  environment: string,
  incidents: readonly Incident[],
): ModelState {
  const shown = health.find((one) => one.environment === environment);
  if (shown === undefined) throw new Error(`the health in ${environment} was not decided`);
  return modelState(
    shown,
    incidents.filter((incident) => incident.environment === environment),
  );
}

async function openedCell(
  principal: Principal,
  scope: Pick<DriftCellAddress, "model" | "version" | "environment">,
  { range, windowMs }: Pick<FoundModelPage, "range" | "windowMs">,
  { feature, start }: PageAddress,
): Promise<DriftCellDetail | undefined> {
  if (feature === undefined || start === undefined) return undefined;
  const at = Number(start);
  // What lies outside the range is not shown there, and the page says so.
  if (!(at < range.to && at + windowMs > range.from)) return undefined;
  return loadDriftCell(principal, { ...scope, feature, start: at });
}
