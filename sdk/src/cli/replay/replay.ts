import type { Leeway } from "../../client/leeway.ts";
import { createDueQueue } from "./pending-labels.ts";
import type { ReplayedRow } from "./row-to-events.ts";

/** ReplayDeps are what a replay needs. */
export interface ReplayDeps {
  readonly leeway: Pick<Leeway, "predict" | "label" | "flush" | "stats">;
  readonly monotonicMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** onProgress is called with the event time reached. */
  readonly onProgress: (at: number, counts: ReplayCounts) => void;
}

/** ReplayCounts say what a replay has sent. */
export interface ReplayCounts {
  predictions: number;
  labels: number;
}

/** ReplaySettings say how fast to go. */
export interface ReplaySettings {
  /** speed is event seconds in one real second; Infinity goes as fast as the server takes the events. */
  readonly speed: number;
  /** until is the event time beyond which labels are not waited for. */
  readonly until: number;
  /** mostBuffered events may wait in the client before the replay waits for it. */
  readonly mostBuffered: number;
}

/** Sleeping less than this is not worth a timer. */
const SHORTEST_SLEEP_MS = 5;

/**
 * replay sends rows that are in order of time, each label at its own time among them, at the asked speed. Back-pressure is
 * honoured: nothing is dropped because the file is faster than the server.
 */
export async function replay(
  rows: AsyncIterable<readonly ReplayedRow[]>,
  settings: ReplaySettings,
  deps: ReplayDeps,
): Promise<ReplayCounts> {
  const { leeway, monotonicMs, sleep } = deps;
  const counts: ReplayCounts = { predictions: 0, labels: 0 };
  const labels = createDueQueue<NonNullable<ReplayedRow["label"]>>();
  let firstAt: number | null = null;
  let startedAt = 0;
  let sentSinceCheck = 0;

  async function keepPace(at: number): Promise<void> {
    if (firstAt === null) {
      firstAt = at;
      startedAt = monotonicMs();
    }
    const wait = (at - firstAt) / settings.speed - (monotonicMs() - startedAt);
    if (wait >= SHORTEST_SLEEP_MS) await sleep(wait);
    sentSinceCheck++;
    if (sentSinceCheck < settings.mostBuffered / 4) return;
    sentSinceCheck = 0;
    while (leeway.stats().buffered > settings.mostBuffered / 2) await leeway.flush({ timeoutMs: 1_000 });
    deps.onProgress(at, counts);
  }

  async function sendLabelsUntil(at: number): Promise<void> {
    while (labels.nextAt <= at) {
      const label = labels.take();
      if (label === undefined) return;
      await keepPace(label.timestamp);
      leeway.label(label);
      counts.labels++;
    }
  }

  for await (const some of rows) {
    for (const row of some) {
      await sendLabelsUntil(row.at);
      await keepPace(row.at);
      leeway.predict(row.prediction);
      counts.predictions++;
      if (row.label !== null) labels.add(row.label);
    }
  }
  await sendLabelsUntil(settings.until);
  return counts;
}
