import { LeewayError } from "@leeway/core/errors";
import { shownVersion } from "@leeway/core/health";
import type { Incident } from "@leeway/core/records";
import { loadIncidents, type Store, type VersionActivity } from "@leeway/store";
import type { Environment } from "./environment.ts";

const DEFAULT_RANGE_MS = 30 * 86_400_000;
const LONGEST_RANGE_MS = 10 * 366 * 86_400_000;

/** What a read over time was asked for. */
export interface AskedRange {
  version?: string | undefined;
  environment?: Environment | undefined;
  from?: number | undefined;
  to?: number | undefined;
}

/** ReadRange is one version in one environment over `[from, to)`, epoch milliseconds. */
export interface ReadRange {
  model: string;
  version: string;
  environment: Environment;
  from: number;
  to: number;
}

/**
 * resolveRange fills in what a caller left out: the version that a page would show (`shownVersion`), and the 30 days up to its newest prediction. It
 * throws `not_found` for a model, version or environment that never sent anything, `invalid_request` for a range that can't be.
 */
export function resolveRange(
  model: string,
  asked: AskedRange,
  activity: readonly VersionActivity[],
  incidents: readonly Incident[] = [],
): ReadRange {
  const versions = activity
    .filter((one) => one.model === model)
    .map((one) => ({ ...one, lastSeen: one.lastTimestamp }));
  const shown = shownVersion({
    versions,
    incidents: incidents.filter((incident) => incident.model === model),
    asked,
  });
  switch (shown.outcome) {
    case "no_traffic":
      throw new LeewayError("not_found", `no prediction of ${model} was ever received`);
    case "unknown":
      throw new LeewayError("not_found", `${model}: ${shown.message}`, {
        problems: [{ path: shown.path, message: shown.message }],
      });
    case "shown": {
      const { version, environment, lastSeen } = shown.version;
      return { model, version, environment: environment as Environment, ...rangeOf(asked, lastSeen) };
    }
    default:
      return shown satisfies never;
  }
}

/** loadReadRange reads what a read over time is of: `resolveRange` over what the store knows of the model. */
export async function loadReadRange(
  store: Store,
  project: string,
  model: string,
  asked: AskedRange,
): Promise<ReadRange> {
  const [activity, log] = await Promise.all([
    store.activity.versions(project, model),
    asked.version === undefined ? loadIncidents(store, project) : undefined,
  ]);
  return resolveRange(model, asked, activity, log?.incidents);
}

function rangeOf(asked: AskedRange, lastSeen: number): { from: number; to: number } {
  const to = asked.to ?? lastSeen + 1;
  const from = asked.from ?? to - DEFAULT_RANGE_MS;
  if (from >= to || to - from > LONGEST_RANGE_MS) {
    const message = from >= to ? "must be after from" : "at most ten years after from";
    throw new LeewayError("invalid_request", `to: ${message}`, { problems: [{ path: "to", message }] });
  }
  return { from, to };
}
