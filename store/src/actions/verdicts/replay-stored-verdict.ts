import { LeewayError } from "@leeway/core/errors";
import type { Evaluation } from "@leeway/core/evaluation";
import type { Monitor } from "@leeway/core/records";
import { replayVerdict, type VerdictReplay } from "@leeway/core/verdicts";
import type { Store } from "../../create-store.ts";

/** How far back the verdict before may lie: windows without traffic have none. */
const MOST_WINDOWS_BETWEEN = 60;

/** AskedVerdict names one verdict of a monitor by the start of its window. */
export interface AskedVerdict {
  start: number;
  version?: string | undefined;
  environment?: string | undefined;
  /** Canonical segment key, empty for all traffic. */
  segment: string;
}

/** StoredReplay is a replayed verdict with what it is about. */
export interface StoredReplay extends VerdictReplay {
  verdict: Evaluation;
}

/** replayStoredVerdict decides one stored verdict again from the numbers stored with it. It throws `not_found` where there is none, `invalid_request` where several versions have one. */
export async function replayStoredVerdict(
  store: Pick<Store, "evaluations">,
  project: string,
  { id, model, window }: Pick<Monitor, "id" | "model" | "window">,
  { start, ...asked }: AskedVerdict,
): Promise<StoredReplay> {
  const filter = {
    ...{ model, monitorId: id, segment: asked.segment },
    ...(asked.version === undefined ? {} : { version: asked.version }),
    ...(asked.environment === undefined ? {} : { environment: asked.environment }),
  };
  const at = await store.evaluations.list(project, { ...filter, from: start, to: start + 1 });
  const verdict = at.at(-1);
  if (verdict === undefined) {
    const when = new Date(start).toISOString();
    throw new LeewayError("not_found", `monitor ${id} has no verdict on a window that starts ${when}`);
  }
  const versions = [...new Set(at.map((one) => `${one.version} (${one.environment})`))];
  if (versions.length > 1) {
    const message = `choose one of ${versions.join(", ")}`;
    throw new LeewayError("invalid_request", `version: ${message}`, {
      problems: [{ path: "version", message }],
    });
  }
  const { version, environment } = verdict;
  const windowMs = verdict.window_end - verdict.window_start;
  const from = start - MOST_WINDOWS_BETWEEN * Math.max(window, windowMs);
  const earlier = await store.evaluations.list(project, {
    ...filter,
    ...{ version, environment, windowMs, from, to: start },
  });
  return { ...replayVerdict(verdict, earlier.at(-1)), verdict };
}
