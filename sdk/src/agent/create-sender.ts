import { readSettings } from "../client/options.ts";
import { createPipeline } from "../client/pipeline.ts";
import { createProblemReporter, type Problem } from "../client/problem.ts";
import { createCounts, type LeewayStats } from "../client/stats.ts";
import { createIdGenerator } from "../events/prediction-id.ts";
import type { TelemetrySample } from "../events/types.ts";
import type { SdkRuntime } from "../runtime.ts";

/** AgentSample is a telemetry sample that says itself where it comes from; without a model it is nobody's. */
export type AgentSample = Omit<TelemetrySample, "timestamp" | "attributes"> & {
  readonly timestamp: number;
  readonly replica: string;
  readonly attributes: Readonly<Record<string, string>>;
};

/** SampleSender sends samples in the background, as the SDK sends events: bounded, in batches, tried again. */
export interface SampleSender {
  send(sample: AgentSample): void;
  stats(): LeewayStats;
  flush(timeoutMs: number): Promise<boolean>;
  close(deadlineMs: number): Promise<void>;
}

/** SenderOptions say where samples go. */
export interface SenderOptions {
  readonly url: string;
  readonly apiKey: string;
  readonly spoolDir?: string | undefined;
  readonly onError: (problem: Problem) => void;
}

const BUFFERED_SAMPLES = 50_000;
const BUFFERED_BYTES = 32 * 1024 * 1024;
const FLUSH_MS = 2_000;

/** createSender returns a sender. The model and version that a client of the SDK must have are of no use here, since every sample has its own. */
export function createSender(options: SenderOptions, runtime: SdkRuntime): SampleSender {
  const { settings, isUsable, problems } = readSettings({
    ...{ url: options.url, apiKey: options.apiKey, model: "agent", version: "agent" },
    ...{ bufferCapacity: BUFFERED_SAMPLES, maxBufferBytes: BUFFERED_BYTES, flushIntervalMs: FLUSH_MS },
    ...(options.spoolDir !== undefined && { spoolDir: options.spoolDir }),
  });
  const report = createProblemReporter(options.onError, runtime.warn);
  for (const problem of problems) report("invalid_options", problem);
  const counts = createCounts();
  const pipeline = createPipeline(
    {
      ...{ settings, counts, report, runtime },
      nextBatchId: createIdGenerator(runtime),
      // Drops are in the agent's own metrics.
      onDrop: () => undefined,
    },
    isUsable,
  );
  return {
    send(sample) {
      counts.samples.recorded++;
      pipeline.keep("samples", sample);
    },
    stats: pipeline.stats,
    flush: pipeline.flush,
    close: pipeline.close,
  };
}
