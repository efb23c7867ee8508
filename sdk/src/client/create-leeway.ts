import { systemRuntime } from "../config.ts";
import { createIdGenerator } from "../events/prediction-id.ts";
import type { SdkRuntime } from "../runtime.ts";
import { createDropReport } from "./drop-report.ts";
import type { Leeway } from "./leeway.ts";
import { observeCall, pickPrediction } from "./observe.ts";
import { type LeewayOptions, readSettings } from "./options.ts";
import { createPipeline } from "./pipeline.ts";
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
  const armDropReport = (): void => dropReport.arm();
  const pipeline = createPipeline(
    { settings, counts, nextBatchId: nextId, report, runtime, onDrop: armDropReport },
    isUsable,
  );
  const scopes = createRequestScopes();
  const recorder = createRecorder({
    settings,
    counts,
    scopes,
    nextId,
    now: runtime.now,
    replica: options?.replica ?? runtime.replica,
    report,
    keep: pipeline.keep,
    onSampledOut: armDropReport,
  });
  const dropReport = createDropReport(counts, recorder.telemetry, settings.telemetryIntervalMs, runtime);

  // Once only: a flush gives the process work, after which Node says again that it is about to exit.
  const forgetExit = settings.flushOnExit && isUsable ? runtime.beforeExit(flushBeforeExit) : () => undefined;
  function flushBeforeExit(): void {
    forgetExit();
    if (!pipeline.isEmpty()) void pipeline.flush(EXIT_FLUSH_MS);
  }

  async function shutDown(deadlineMs: number): Promise<LeewayStats> {
    forgetExit();
    dropReport.report();
    dropReport.stop();
    await pipeline.close(deadlineMs);
    return pipeline.stats();
  }
  let closing: Promise<LeewayStats> | null = null;

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
    flush: ({ timeoutMs = FLUSH_TIMEOUT_MS } = {}) => pipeline.flush(timeoutMs),
    close({ deadlineMs = CLOSE_DEADLINE_MS } = {}) {
      closing ??= shutDown(deadlineMs);
      return closing;
    },
    stats: pipeline.stats,
  };
}
