import { createBatchCutter } from "../buffer/batch-cutter.ts";
import { systemRuntime } from "../config.ts";
import { createCircuit } from "../delivery/circuit.ts";
import { shouldCompress } from "../delivery/compress.ts";
import { createDelivery } from "../delivery/delivery.ts";
import { createMemorySource } from "../delivery/memory-source.ts";
import { createIdGenerator } from "../events/prediction-id.ts";
import type { CancelTimer, SdkRuntime } from "../runtime.ts";
import { createDeliveryLedger } from "./delivery-ledger.ts";
import { createDropReport } from "./drop-report.ts";
import type { Leeway } from "./leeway.ts";
import { observeCall, pickPrediction } from "./observe.ts";
import { type LeewayOptions, readSettings } from "./options.ts";
import { createProblemReporter } from "./problem.ts";
import { createRecorder } from "./recorder.ts";
import { createRequestScopes } from "./request-scope.ts";
import { createCounts, type LeewayStats } from "./stats.ts";

const FLUSH_TIMEOUT_MS = 30_000;
const CLOSE_DEADLINE_MS = 5_000;
/** A host that has nothing left to do may wait this long for its last events, and no longer. */
const EXIT_FLUSH_MS = 2_000;

/**
 * createLeeway returns a client that records predictions, labels and telemetry in memory and sends them in the background.
 * It never throws into the host, never keeps the process alive, and counts whatever it could not deliver.
 *
 * @example
 * const leeway = createLeeway({ url: "http://localhost:4700", apiKey, model: "delays", version: "1" });
 * const id = leeway.predict({ features: { distance: 733 }, prediction: { score: 0.21 }, latencyMs: 3.2 });
 * leeway.label({ predictionId: id, label: true });
 * await leeway.close();
 */
export function createLeeway(options: LeewayOptions, runtime: SdkRuntime = systemRuntime()): Leeway {
  const { settings, isUsable, problems } = readSettings(options);
  const report = createProblemReporter(options?.onError, runtime.warn);
  for (const problem of problems) report("invalid_options", problem);

  const nextId = createIdGenerator(runtime);
  const counts = createCounts();
  const ledger = createDeliveryLedger(counts, report);
  const cutter = createBatchCutter(settings, nextId, (kind, count) => {
    counts[kind].invalid += count;
    report("invalid_event", `${kind}: not JSON`, count);
  });
  const circuit = createCircuit(runtime);
  const source = createMemorySource(cutter, isUsable && shouldCompress(settings.compression, settings.url));
  const delivery = createDelivery(source, circuit, ledger.events, settings, runtime);

  let isOpen = isUsable;
  let isStopped = false;
  let cancelFlush: CancelTimer | null = null;
  let isPumpScheduled = false;

  function keep(kind: "predictions" | "labels" | "samples", event: object): void {
    if (!isOpen) {
      ledger.drop(kind, 1, "the client is closed");
      return;
    }
    const dropped = cutter.push(kind, event);
    if (dropped > 0) {
      ledger.drop(kind, dropped, "the buffer is full");
      dropReport.arm();
    }
    cancelFlush ??= runtime.schedule(settings.flushIntervalMs, () => {
      cancelFlush = null;
      cutter.markDue();
      delivery.pump();
    });
    // Encoding a batch takes milliseconds: not inside the caller's request.
    if (!isPumpScheduled && cutter.isReady()) {
      isPumpScheduled = true;
      runtime.schedule(0, () => {
        isPumpScheduled = false;
        delivery.pump();
      });
    }
  }

  const scopes = createRequestScopes();
  const recorder = createRecorder({
    settings,
    counts,
    scopes,
    nextId,
    now: runtime.now,
    replica: options?.replica ?? runtime.replica,
    report,
    keep,
    onSampledOut: () => dropReport.arm(),
  });
  const dropReport = createDropReport(counts, recorder.telemetry, settings.telemetryIntervalMs, runtime);

  async function flush(timeoutMs: number): Promise<boolean> {
    cutter.markDue();
    return withinDeadline(delivery.idle(), timeoutMs, runtime);
  }

  function stats(): LeewayStats {
    return {
      predictions: { ...counts.predictions },
      labels: { ...counts.labels },
      samples: { ...counts.samples },
      buffered: isStopped ? 0 : cutter.size + delivery.eventsInFlight,
      batchesAccepted: ledger.batchesAccepted(),
      retries: ledger.retries(),
      circuit: circuit.state,
      lastProblem: ledger.lastProblem(),
      spool: null,
    };
  }

  async function shutDown(deadlineMs: number): Promise<LeewayStats> {
    dropReport.report();
    dropReport.stop();
    isOpen = false;
    forgetExit();
    await flush(deadlineMs);
    delivery.stop();
    isStopped = true;
    cancelFlush?.();
    ledger.dropUnsettled();
    return stats();
  }
  let closing: Promise<LeewayStats> | null = null;
  const forgetExit = settings.flushOnExit && isUsable ? runtime.beforeExit(flushBeforeExit) : () => undefined;

  // Once only: a flush gives the process work, after which Node says again that it is about to exit.
  function flushBeforeExit(): void {
    forgetExit();
    if (cutter.size + delivery.eventsInFlight > 0) void flush(EXIT_FLUSH_MS);
  }

  return {
    ...recorder,
    observe: <T>(
      features: Parameters<Leeway["observe"]>[0],
      model: () => T | Promise<T>,
      toPrediction: (answer: T) => object = (answer) => pickPrediction(answer as object),
    ) =>
      observeCall(
        { predict: recorder.predict, monotonicMs: runtime.monotonicMs },
        features,
        model,
        toPrediction,
      ),
    run: (predictionId, task) => scopes.run({ predictionId, isTaken: false }, task),
    currentPredictionId: () => scopes.current()?.predictionId,
    flush: ({ timeoutMs = FLUSH_TIMEOUT_MS } = {}) => flush(timeoutMs),
    close({ deadlineMs = CLOSE_DEADLINE_MS } = {}) {
      closing ??= shutDown(deadlineMs);
      return closing;
    },
    stats,
  };
}

/** withinDeadline resolves with true when the work ended in time; its timer holds the process open meanwhile. */
async function withinDeadline(
  work: Promise<void>,
  deadlineMs: number,
  runtime: SdkRuntime,
): Promise<boolean> {
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
