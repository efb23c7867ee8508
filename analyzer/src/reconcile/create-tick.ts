import type { Store } from "@leeway/store";
import type { DeliveryMetrics } from "../deliver/delivery-metrics.ts";
import type { FailureBackoff } from "../queues/failure-backoff.ts";
import type { AnalyzerHealth } from "../server/health-server.ts";
import { measureLag } from "../server/measure-lag.ts";
import { createTellStarvation } from "../server/tell-starvation.ts";
import type { ModelClocks } from "./model-clocks.ts";
import { createReadConfigurations } from "./model-configuration.ts";
import { createNoteOwnEvents } from "./note-own-events.ts";
import { countByPriority } from "./pass-cause.ts";
import type { PassMemory } from "./pass-note.ts";
import { planWork, storeReminders } from "./plan-work.ts";
import { createTornRollupRecount } from "./recount-torn-rollups.ts";
import { createRequestRefresh } from "./refresh-requests.ts";
import { sendHeartbeat } from "./send-heartbeat.ts";
import type { WorkPlan } from "./work-plan.ts";

/** TickDeps is what a tick reads, and where it writes what it found. */
export interface TickDeps {
  store: Store;
  project: string;
  clocks: ModelClocks;
  memory: PassMemory;
  backoff: Pick<FailureBackoff, "isResting">;
  health: { -readonly [Key in keyof AnalyzerHealth]: AnalyzerHealth[Key] };
  deliveries: Pick<DeliveryMetrics, "queue">;
  /** Follows retrainings that run. */
  follow: () => Promise<unknown>;
  heartbeatUrl: string | undefined;
  now: () => number;
  log: (line: string) => void;
  onProblem: (where: string, error: Error) => void;
}

/** createTick returns what each tick does: it asks the store what is left to do, keeps the health of the analyzer, and says that it lives. */
export function createTick(deps: TickDeps): () => Promise<WorkPlan> {
  const { store, project, clocks, memory, health, now, onProblem } = deps;
  const waitingSince = new Map<string, number>();
  const tellStarvation = createTellStarvation();
  const recountTornRollups = createTornRollupRecount({ store, now, log: deps.log });
  const refreshRequests = createRequestRefresh({ store, project, now });
  const noteOwnEvents = createNoteOwnEvents({ store, project });
  const readConfigurations = createReadConfigurations(store.records);

  return async () => {
    const torn = await recountTornRollups().catch((error: Error) => onProblem("torn roll-ups", error));
    // Whose hours they were is not known: every model is looked at.
    if (typeof torn === "number" && torn > 0) memory.clear();
    void refreshRequests().catch((error: Error) => onProblem("requests by minute", error));
    const plan = await planWork({ store, clocks, readConfigurations, memory, now, project });
    // An incident that opens in the passes of this tick is to name them.
    await noteOwnEvents(plan.seen).catch((error: Error) => onProblem("change events", error));
    void deps.follow().catch((error: Error) => onProblem("retrainings", error));
    await storeReminders(store, project, plan.reminders);
    health.lastReconcileAt = now();
    deps.deliveries.queue(plan.deliver.length, plan.oldestQueuedAt);
    health.lagMs = measureLag(waitingSince, plan.models, plan.waiting, now());
    health.planned = countByPriority(plan.evaluate);
    const starvation = tellStarvation(health.lagMs, now());
    if (starvation !== undefined) onProblem("starved", new Error(starvation));
    // Nobody's verdicts wait for whoever watches the watcher.
    if (deps.heartbeatUrl !== undefined) {
      await sendHeartbeat(deps.heartbeatUrl).catch((error: Error) => onProblem("heartbeat", error));
    }
    return { ...plan, evaluate: plan.evaluate.filter(({ model }) => !deps.backoff.isResting(model)) };
  };
}
