import { createLeeway } from "@leeway/sdk";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";

/** Recorder is one way to record an event, and to send what is left. */
export interface Recorder {
  record(attributes: Record<string, number | string | boolean>, n: number): void;
  finish(): Promise<unknown>;
}

const EVENTS_PER_BATCH = 500;
const QUEUE = 20_000;

/** createLeewayRecorder records predictions with the SDK under test, default settings; with a spool when given a folder. */
export function createLeewayRecorder(url: string, spoolDir?: string): Recorder {
  const spool = spoolDir === undefined ? {} : { spoolDir };
  const leeway = createLeeway({ url, apiKey: "lw_bench", model: "bench", version: "1", ...spool });
  return {
    record(attributes, n) {
      leeway.predict({ features: attributes, prediction: { score: (n % 100) / 100 }, latencyMs: 3.25 });
    },
    finish: () => leeway.close({ deadlineMs: 60_000 }),
  };
}

/** createOtelRecorder records spans as OpenTelemetry's batch processor does, with batches of the same size. */
export function createOtelRecorder(url: string): Recorder {
  const exporter = new OTLPTraceExporter({ url: `${url}/v1/traces` });
  const processor = new BatchSpanProcessor(exporter, {
    maxQueueSize: QUEUE,
    maxExportBatchSize: EVENTS_PER_BATCH,
    scheduledDelayMillis: 1_000,
  });
  const provider = new BasicTracerProvider({ spanProcessors: [processor] });
  const tracer = provider.getTracer("bench");
  return {
    record(attributes, n) {
      const span = tracer.startSpan("predict", { attributes });
      span.setAttribute("score", (n % 100) / 100);
      span.end();
    },
    finish: () => provider.shutdown(),
  };
}
