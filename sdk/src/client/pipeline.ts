import { createBatchCutter } from "../buffer/batch-cutter.ts";
import { createCircuit } from "../delivery/circuit.ts";
import { createDelivery } from "../delivery/delivery.ts";
import { EVENT_KINDS, type EventKind } from "../events/types.ts";
import type { CancelTimer, SdkRuntime } from "../runtime.ts";
import { createDeliveryLedger } from "./delivery-ledger.ts";
import type { ClientSettings } from "./options.ts";
import type { ProblemReporter } from "./problem.ts";
import type { EventCounts, LeewayStats } from "./stats.ts";
import { wireSource } from "./wire-source.ts";

/** PipelineDeps are what the way from the buffer to the server needs. */
export interface PipelineDeps {
  readonly settings: ClientSettings;
  readonly counts: Record<EventKind, EventCounts>;
  readonly nextBatchId: () => string;
  readonly report: ProblemReporter;
  readonly runtime: SdkRuntime;
  /** onDrop is called when the buffer overflows. */
  readonly onDrop: () => void;
}

/** Pipeline takes events in and sees to it that they are sent. */
export interface Pipeline {
  keep(kind: EventKind, event: object): void;
  /** isEmpty says that nothing is in memory. */
  isEmpty(): boolean;
  flush(timeoutMs: number): Promise<boolean>;
  /** close flushes until the deadline; what is in memory only is dropped then. Nothing is kept after the call. */
  close(deadlineMs: number): Promise<void>;
  stats(): LeewayStats;
}

/** How long closing waits for aborted requests to let go. */
const ABORT_GRACE_MS = 500;

/** createPipeline returns a pipeline that is open if its settings can be used. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a factory: what it returns shares the state above it
export function createPipeline(deps: PipelineDeps, isUsable: boolean): Pipeline {
  const { settings, counts, report, runtime } = deps;
  const ledger = createDeliveryLedger(counts, report);
  const cutter = createBatchCutter(settings, deps.nextBatchId, (kind, count) => {
    counts[kind].invalid += count;
    report("invalid_event", `${kind}: not JSON`, count);
  });
  const circuit = createCircuit(runtime);
  const { source, spoolSource } = wireSource(settings, cutter, ledger, report, runtime);
  const delivery = createDelivery(source, circuit, ledger.events, settings, runtime);
  const forgetExit = spoolSource === null ? () => undefined : runtime.atExit(spoolSource.saveAtExit);

  let isOpen = isUsable;
  let isStopped = false;
  let cancelFlush: CancelTimer | null = null;
  let isSendScheduled = false;

  function send(): void {
    delivery.pump();
    source.prepare().then(delivery.pump, (error: unknown) => report("internal", String(error)));
  }

  function flush(timeoutMs: number): Promise<boolean> {
    cutter.markDue();
    return isWithin(delivery.idle(), timeoutMs, runtime);
  }

  // An earlier process may have left something on disk even if this one records nothing.
  if (spoolSource !== null) send();

  return {
    keep(kind, event) {
      if (!isOpen) return ledger.drop(kind, 1, "the client is closed");
      const dropped = cutter.push(kind, event);
      if (dropped > 0) {
        ledger.drop(kind, dropped, "the buffer is full");
        deps.onDrop();
      }
      cancelFlush ??= runtime.schedule(settings.flushIntervalMs, () => {
        cancelFlush = null;
        cutter.markDue();
        send();
      });
      // Encoding a batch takes milliseconds: not inside the caller's request.
      if (!isSendScheduled && cutter.isReady()) {
        isSendScheduled = true;
        runtime.schedule(0, () => {
          isSendScheduled = false;
          send();
        });
      }
    },
    isEmpty: () => source.size + delivery.eventsInFlight === 0,
    flush,
    async close(deadlineMs) {
      isOpen = false;
      await flush(deadlineMs);
      delivery.stop();
      cancelFlush?.();
      await isWithin(delivery.idle(), ABORT_GRACE_MS, runtime);
      forgetExit();
      isStopped = true;
      ledger.dropUnsettled(source.stored());
      await spoolSource?.spool?.close().catch((error: unknown) => report("spool", String(error)));
    },
    stats() {
      const stored = source.stored();
      const spool = spoolSource?.spool ?? null;
      return {
        predictions: { ...counts.predictions },
        labels: { ...counts.labels },
        samples: { ...counts.samples },
        buffered: isStopped ? 0 : source.size + delivery.eventsInFlight,
        batchesAccepted: ledger.batchesAccepted(),
        retries: ledger.retries(),
        circuit: circuit.state,
        lastProblem: ledger.lastProblem(),
        spool: spool && spoolStats(spool, stored),
      };
    },
  };
}

function spoolStats(
  { bytes, damagedRecords }: { bytes: number; damagedRecords: number },
  stored: Readonly<Record<EventKind, number>>,
): NonNullable<LeewayStats["spool"]> {
  return { bytes, events: EVENT_KINDS.reduce((sum, kind) => sum + stored[kind], 0), damagedRecords };
}

/** isWithin resolves with true when the work ended in time; its timer holds the process open meanwhile. */
async function isWithin(work: Promise<void>, deadlineMs: number, runtime: SdkRuntime): Promise<boolean> {
  let cancel: CancelTimer = () => undefined;
  const deadline = new Promise<false>((resolve) => {
    cancel = runtime.schedule(deadlineMs, () => resolve(false), true);
  });
  try {
    return await Promise.race([work.then(() => true), deadline]);
  } finally {
    cancel();
  }
}
