import { LeewayError } from "@leeway/core/errors";
import type { VersionActivity } from "@leeway/store";
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
 * resolveRange fills in what a caller left out: the version seen last, its production traffic where it has any, and the 30 days up to its
 * newest prediction. It throws `not_found` for a model or version that never sent anything, `invalid_request` for a range that can't be.
 */
export function resolveRange(
  model: string,
  asked: AskedRange,
  activity: readonly VersionActivity[],
): ReadRange {
  const seen = activity
    .filter((one) => one.model === model)
    .filter((one) => asked.version === undefined || one.version === asked.version)
    .filter((one) => asked.environment === undefined || one.environment === asked.environment)
    .sort((a, b) => rank(a) - rank(b) || b.lastTimestamp - a.lastTimestamp);
  const [newest] = seen;
  if (newest === undefined) {
    const name = asked.version === undefined ? model : `${model} ${asked.version}`;
    throw new LeewayError("not_found", `no prediction of ${name} was ever received`);
  }
  const to = asked.to ?? newest.lastTimestamp + 1;
  const from = asked.from ?? to - DEFAULT_RANGE_MS;
  if (from >= to || to - from > LONGEST_RANGE_MS) {
    const message = from >= to ? "must be after from" : "at most ten years after from";
    throw new LeewayError("invalid_request", `to: ${message}`, { problems: [{ path: "to", message }] });
  }
  return { model, version: newest.version, environment: newest.environment as Environment, from, to };
}

function rank({ environment }: VersionActivity): number {
  return environment === "production" ? 0 : 1;
}
