import "server-only";
import { findLeewayError } from "@leeway/core/errors";
import { shownVersion } from "@leeway/core/health";
import type { Incident, Model, Monitor } from "@leeway/core/records";
import { readModel } from "@leeway/store";
import { cache } from "react";
import type { SeenVersion } from "../view/model-page.ts";
import type { PageAddress } from "../view/page-address.ts";
import { parseTimeRange, type TimeRange } from "../view/time-range.ts";
import { server } from "./composition.ts";
import { loadIncidentLog } from "./incidents.ts";
import type { Principal } from "./principal.ts";
import { loadTraffic } from "./traffic.ts";

const DAY = 86_400_000;

/** FoundModelPage is what an address of a model page is about. */
export interface FoundModelPage {
  outcome: "found";
  model: Model;
  /** Every version with traffic, newest first. */
  versions: SeenVersion[];
  /** Undefined where no version has traffic. */
  version: SeenVersion | undefined;
  incidents: Incident[];
  range: TimeRange;
  /** Length of the model's monitoring window, ms. */
  windowMs: number;
  madeAt: number;
}

/** ModelAddress is what an address of a model page is about, or what of it does not exist. */
export type ModelAddress = FoundModelPage | { outcome: "missing"; message: string };

/** findModelPage returns what an address is about: exactly what it names, or the words that say what of it does not exist. Asked for twice in one request, it reads once. */
export function findModelPage(
  { project }: Pick<Principal, "project">,
  name: string,
  address: PageAddress,
): Promise<ModelAddress> {
  return find(project, name, JSON.stringify(address));
}

const find = cache(async (project: string, name: string, addressText: string): Promise<ModelAddress> => {
  const address = JSON.parse(addressText) as PageAddress;
  const { store, now } = server();
  const model = await readModel(store, project, name).catch((error: unknown) => {
    const known = findLeewayError(error);
    if (known?.code === "not_found") return known.message;
    throw error;
  });
  if (typeof model === "string") return missing(model);
  const [versions, monitors, log] = await Promise.all([
    loadVersions(project, name),
    store.records.monitor.list(project),
    loadIncidentLog(project),
  ]);
  const incidents = log.incidents.filter((incident) => incident.model === name);
  const shown = shownVersion({ versions, incidents, asked: address });
  if (shown.outcome === "unknown") return missing(shown.message);
  const { compare } = address;
  if (compare !== undefined && !versions.some(({ version }) => version === compare))
    return missing(`version ${compare}, which it is to be compared with, has never sent a prediction`);
  const madeAt = now();
  const windowMs = monitoringWindow(model, monitors);
  const asked = parseTimeRange(address, {
    first: versions.length === 0 ? madeAt : Math.min(...versions.map(({ firstSeen }) => firstSeen)),
    latest: versions.length === 0 ? madeAt : Math.max(...versions.map(({ lastSeen }) => lastSeen)),
    now: madeAt,
    windowMs,
  });
  if (asked.outcome === "unreadable") return missing(asked.message);
  const version = shown.outcome === "shown" ? shown.version : undefined;
  return { outcome: "found", model, versions, version, incidents, range: asked.range, windowMs, madeAt };
});

function missing(message: string): ModelAddress {
  return { outcome: "missing", message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.` };
}

async function loadVersions(project: string, model: string): Promise<SeenVersion[]> {
  const [traffic, settings, log] = await Promise.all([
    loadTraffic({ project }, model),
    server().store.records.version.list(project),
    loadIncidentLog(project),
  ]);
  return traffic
    .map(({ version, environment, firstSeen, lastSeen }) => ({
      version,
      environment,
      firstSeen,
      lastSeen,
      settings: settings.find((one) => one.model === model && one.version === version),
      incidents: log.incidents.filter(
        (one) => one.model === model && one.version === version && one.environment === environment,
      ).length,
    }))
    .sort((a, b) => b.firstSeen - a.firstSeen);
}

function monitoringWindow(model: Model, monitors: readonly Monitor[]): number {
  const windows = monitors
    .filter((one) => one.model === model.model && (one.kind === "drift" || one.kind === "performance"))
    .map(({ window }) => window);
  return windows.length > 0 ? Math.min(...windows) : (model.window ?? DAY);
}
