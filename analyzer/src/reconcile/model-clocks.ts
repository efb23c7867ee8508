import type { Arrivals, ClosedHours, Store } from "@leeway/store";
import { asOf } from "../evaluate/schedule/as-of.ts";

/** ModelClock is how far one model has come; times are epoch ms. */
export interface ModelClock {
  model: string;
  firstEventAt: number;
  newestEventAt: number;
  lastReceivedAt: number;
  /** Event time up to which the model is complete. */
  asOf: number;
  /** Its versions, with the oldest and the newest event time of each. */
  versions: { version: string; environment: string; firstSeenAt: number; lastSeenAt: number }[];
  /** What came for the hours that were asked for as closed, and of labels: it changes with every row of them. */
  late: string;
  /** When the newest of those was received. */
  lateReceivedAt: number;
}

/** ModelClocks tells the event time of models, from what was received of them. */
export interface ModelClocks {
  /** All models, by one statement; `closed` says from which hour back rows are late. */
  all(project: string, closed?: ClosedHours): Promise<ModelClock[]>;
  one(project: string, model: string, closedUntil?: number): Promise<ModelClock | undefined>;
}

const NOTHING_CLOSED: ClosedHours = new Map();

/** createModelClocks returns the clocks of the store's models. */
export function createModelClocks(deps: {
  store: { activity: Pick<Store["activity"], "arrivals"> };
  idleMs: number;
  now: () => number;
}): ModelClocks {
  const clockOf = (model: string, arrivals: readonly Arrivals[]): ModelClock => {
    const predictions = arrivals.filter(({ kind }) => kind === "predictions");
    const newestEventAt = Math.max(...arrivals.map(({ lastTimestamp }) => lastTimestamp));
    const lastReceivedAt = Math.max(...arrivals.map((one) => one.lastReceivedAt));
    return {
      model,
      firstEventAt: Math.min(...predictions.map(({ firstTimestamp }) => firstTimestamp)),
      newestEventAt,
      lastReceivedAt,
      asOf: asOf({ newestEventAt, lastReceivedAt }, deps.now(), deps.idleMs),
      versions: predictions.map(({ version, environment, firstTimestamp, lastTimestamp }) => ({
        version,
        environment,
        firstSeenAt: firstTimestamp,
        lastSeenAt: lastTimestamp,
      })),
      late: lateOf(arrivals),
      lateReceivedAt: Math.max(...arrivals.map((one) => one.closedReceivedAt)),
    };
  };
  const clocksOf = async (project: string, closed: ClosedHours, model?: string): Promise<ModelClock[]> => {
    const byModel = new Map<string, Arrivals[]>();
    for (const one of await deps.store.activity.arrivals(project, closed, model)) {
      const mine = byModel.get(one.model);
      if (mine === undefined) byModel.set(one.model, [one]);
      else mine.push(one);
    }
    return [...byModel]
      .filter(([, arrivals]) => arrivals.some(({ kind }) => kind === "predictions"))
      .map(([name, arrivals]) => clockOf(name, arrivals))
      .sort((a, b) => (a.model < b.model ? -1 : 1));
  };
  return {
    all: (project, closed = NOTHING_CLOSED) => clocksOf(project, closed),
    async one(project, model, closedUntil = 0) {
      const [clock] = await clocksOf(project, new Map([[model, closedUntil]]), model);
      return clock;
    },
  };
}

// Counts say that rows came whatever the clocks of those who stamped them say; the times, that rows were stored anew.
function lateOf(arrivals: readonly Arrivals[]): string {
  const counted = arrivals.map((one) => [
    one.kind,
    one.version,
    one.environment,
    one.closedRows,
    one.closedReceivedAt,
  ]);
  return JSON.stringify(counted.sort());
}
