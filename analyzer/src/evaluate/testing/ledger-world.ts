import type { Channel } from "@leeway/core/channels";
import { isPassingTrouble } from "@leeway/core/errors";
import type { Incident, Monitor, Notification, Reference } from "@leeway/core/records";
import type { CalibrationCache } from "../baselines/calibration-cache.ts";
import { createCalibrationCache } from "../baselines/calibration-cache.ts";
import { evaluateModel } from "../evaluate-model.ts";
import type { PassLeavings } from "../evaluate-pass.ts";
import type { ChainLook } from "../pass/pass-context.ts";
import { recordFailure } from "../record-failure.ts";
import { type FaultPlan, KilledError, withFaults } from "./failing-calls.ts";
import type { LedgerStore } from "./memory-store.ts";
import { createMemoryTraffic, type MemoryTraffic } from "./memory-traffic.ts";

export const PROJECT = "default";
export const MODEL = "m";
export const HOUR = 3_600_000;
export const FROM = Date.UTC(2026, 0, 5);

/** LedgerWorld is one model's traffic, what is stored of it, and an analyzer that can be cut off and started again. */
export interface LedgerWorld {
  store: LedgerStore;
  traffic: MemoryTraffic;
  clock: { now: number };
  /** Runs a pass as the analyzer does; the analyzer forgets everything where it was killed. */
  pass(range?: Range, faults?: FaultPlan): Promise<"done" | "failed">;
  restart(): void;
  /** What the last pass that ended well left to the next. */
  leaves(): PassLeavings | undefined;
  /** Sends what is queued, as the delivery queue does. */
  deliver(): Promise<void>;
  incidents(): Promise<Incident[]>;
}

export type Range = { from: number; to: number; raise: boolean; window?: number };

const NO_FAULTS: FaultPlan = () => undefined;
const TRIES = 3;

/** createLedgerWorld returns a world over `store`, with a monitor of all traffic and a channel, before any traffic. */
export async function createLedgerWorld(
  store: LedgerStore,
  traffic: MemoryTraffic = createMemoryTraffic(MODEL),
): Promise<LedgerWorld> {
  const clock = { now: FROM + 400 * 24 * HOUR };
  const calibrations: CalibrationCache = createCalibrationCache();
  const memory = { lookedAt: new Map<string, ChainLook>(), failures: 0 };
  let left: PassLeavings | undefined;
  const restart = () => {
    memory.lookedAt = new Map();
    memory.failures = 0;
  };
  await seedRecords(store, clock.now);
  return {
    store,
    traffic,
    clock,
    restart,
    leaves: () => left,
    incidents: () => store.records.incident.list(PROJECT),
    async pass(range, faults = NO_FAULTS) {
      clock.now += 60_000;
      const reached = withFaults({ store, traffic: traffic.modelStore }, faults);
      const deps = {
        ...{
          store: reached.store,
          calibrations,
          lookedAt: (chain: string) => memory.lookedAt.get(chain),
          asOf: traffic.newestAt(),
        },
        modelStore: () => reached.traffic,
        arrivalCurve: async () => undefined,
        now: () => clock.now,
      };
      const job = { project: PROJECT, model: MODEL, ...(range === undefined ? {} : { range }) };
      try {
        const { leaves } = await evaluateModel(deps, job);
        left = leaves;
        for (const { chain, look } of leaves?.looks ?? []) memory.lookedAt.set(chain, look);
        memory.failures = 0;
        return "done";
      } catch (error) {
        if (error instanceof KilledError) {
          restart();
          return "failed";
        }
        // Only what was planned may go wrong: anything else is a defect.
        if (!isPassingTrouble(error)) throw error;
        memory.failures++;
        const calm = { ...deps, store, modelStore: () => traffic.modelStore };
        if (memory.failures >= TRIES) await recordFailure(calm, PROJECT, MODEL, error);
        return "failed";
      }
    },
    async deliver() {
      for (const notification of await store.records.notification.list(PROJECT)) {
        if (notification.status !== "queued") continue;
        const sent: Notification = { ...notification, status: "sent", attempts: 1, sent_at: clock.now };
        await store.records.notification.put(PROJECT, notification.id, sent, "leeway");
      }
    },
  };
}

/** volumeMonitor returns a monitor of the traffic's volume by the hour, of all of it or of a region. */
export function volumeMonitor(id: string, rest: Partial<Monitor> = {}): Monitor {
  return {
    ...{ id, model: MODEL, kind: "volume", environment: "production", window: HOUR, minimum_count: 1 },
    ...{ enabled: true, automatic: false, created_at: FROM },
    // Monitors that share a false-alarm budget judge by how many there are: verdicts would depend on when a monitor was made.
    thresholds: { metric: "requests" },
    ...rest,
  };
}

async function seedRecords({ records }: LedgerStore, now: number): Promise<void> {
  const model = { model: MODEL, task: "binary" as const, configured: true, created_at: now };
  await records.model.put(PROJECT, MODEL, model, "ada");
  const team: Channel = {
    ...{ id: "team", name: "team", enabled: true, created_at: 0 },
    ...{ kind: "slack", slack_channel: "C1" },
  };
  await records.channel.put(PROJECT, team.id, team, "ada");
  const reference: Reference = {
    ...{ id: "given", model: MODEL, version: "1", source: "upload", rows: 1, from: 0, to: 1 },
    ...{ labelled_rows: 0, features: [], created_at: 0 },
  };
  await records.reference.put(PROJECT, reference.id, reference, "ada");
  await records.monitor.put(PROJECT, "volume", volumeMonitor("volume"), "ada");
  // Kinds that are there, if disabled, are not made by themselves.
  for (const kind of ["drift", "performance", "labels", "latency_slo"] as const) {
    const off = volumeMonitor(kind, { kind, enabled: false });
    await records.monitor.put(PROJECT, kind, off, "ada");
  }
}
