import type { ModelStore, Subject, VersionTraffic } from "../model-store/model-store.ts";

const HOUR = 3_600_000;

/** MemoryTraffic is the requests of a model by version, region and hour, with when each hour was last touched. */
export interface MemoryTraffic {
  add(version: string, region: string, hour: number, requests: number, receivedAt: number): void;
  /** Regions whose requests cannot be counted: a monitor that watches one fails. */
  poisoned: Set<string>;
  /** End of the newest hour with traffic. */
  newestAt(): number;
  /** How many requests came for hours before `hour`, and when the newest of them did. */
  cameBefore(hour: number): { requests: number; at: number };
  modelStore: ModelStore;
}

/** createMemoryTraffic returns a model's traffic in memory, behind the interface that a pass reads: requests alone, no features and no labels. */
export function createMemoryTraffic(model: string): MemoryTraffic {
  const hours = new Map<
    string,
    { version: string; region: string; hour: number; requests: number; at: number }
  >();
  const poisoned = new Set<string>();
  const unused = (name: string) => () => Promise.reject(new Error(`${name} is not part of this world`));
  const ofVersion = ({ version }: Pick<Subject, "version">) =>
    [...hours.values()].filter((one) => one.version === version);
  const traffic = async (): Promise<VersionTraffic[]> =>
    [...new Set([...hours.values()].map(({ version }) => version))].sort().map((version) => {
      const mine = ofVersion({ version });
      return {
        ...{ model, version, environment: "production" as const },
        firstSeenAt: Math.min(...mine.map(({ hour }) => hour)),
        lastSeenAt: Math.max(...mine.map(({ hour }) => hour)) + HOUR - 1,
        lastReceivedAt: Math.max(...mine.map(({ at }) => at)),
        count: mine.reduce((sum, { requests }) => sum + requests, 0),
      };
    });
  return {
    poisoned,
    newestAt: () => Math.max(...[...hours.values()].map(({ hour }) => hour)) + HOUR,
    cameBefore(until) {
      const early = [...hours.values()].filter(({ hour }) => hour < until);
      const requests = early.reduce((sum, one) => sum + one.requests, 0);
      return { requests, at: Math.max(0, ...early.map(({ at }) => at)) };
    },
    add(version, region, hour, requests, receivedAt) {
      const key = JSON.stringify([version, region, hour]);
      const before = hours.get(key)?.requests ?? 0;
      hours.set(key, { version, region, hour, requests: before + requests, at: receivedAt });
    },
    modelStore: {
      traffic,
      refresh: async () => undefined,
      refreshProfiles: async () => undefined,
      refreshRequests: async () => undefined,
      classes: () => Promise.resolve([]),
      guessTask: async () => ({ task: "binary", positiveClass: undefined }),
      touchedHours: async (subject, _basis, since) =>
        ofVersion(subject)
          .filter(({ at }) => at >= since)
          .map(({ hour }) => hour),
      counts: async (subject, { from, to, windowMs, segment }) => {
        const region = segment?.["region"];
        if (region !== undefined && poisoned.has(region)) throw new TypeError(`no such region: ${region}`);
        const counts = new Map<number, number>();
        for (const { hour, requests, region: of } of ofVersion(subject)) {
          if (hour < from || hour >= to || (region ?? of) !== of) continue;
          const start = Math.floor(hour / windowMs) * windowMs;
          counts.set(start, (counts.get(start) ?? 0) + requests);
        }
        return counts;
      },
      activeHours: async (subject, { from, to }) =>
        ofVersion(subject)
          .filter(({ hour }) => hour >= from && hour < to)
          .map(({ hour, requests }) => ({ hour, rows: requests })),
      takeReference: unused("takeReference"),
      profiles: unused("profiles"),
      referenceProfiles: unused("referenceProfiles"),
      segmentReference: unused("segmentReference"),
      sample: unused("sample"),
      referenceSample: unused("referenceSample"),
      embeddings: unused("embeddings"),
      referenceEmbeddings: unused("referenceEmbeddings"),
      sources: unused("sources"),
      labelled: unused("labelled"),
      scores: unused("scores"),
      classScores: unused("classScores"),
      lossRows: unused("lossRows"),
      referenceLabels: unused("referenceLabels"),
      segmentLosses: unused("segmentLosses"),
      classArrivals: unused("classArrivals"),
      valueArrivals: unused("valueArrivals"),
      outputStrata: unused("outputStrata"),
      weighed: unused("weighed"),
      labelCohorts: unused("labelCohorts"),
      objectiveEvents: unused("objectiveEvents"),
    },
  };
}
