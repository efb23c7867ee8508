import type {
  FeatureValue,
  LabelEvent,
  PredictionEvent,
  PredictionOutput,
  TelemetrySample,
} from "../events/types.ts";
import type { LeewayStats } from "./stats.ts";

/** Leeway is the client a service records into. No method throws or rejects because of Leeway itself. */
export interface Leeway {
  /** predict records one prediction and returns its id. It copies the event and returns at once. */
  predict(event: PredictionEvent): string;
  /** label records the ground truth of a prediction. */
  label(event: LabelEvent): void;
  /** telemetry records a reading of a serving metric. */
  telemetry(sample: TelemetrySample): void;
  /**
   * observe calls the model, records its answer with the latency, and returns the answer; when the model throws, the error
   * is recorded and thrown on.
   */
  observe<T extends PredictionOutput>(
    features: Readonly<Record<string, FeatureValue>>,
    model: () => T | Promise<T>,
  ): Promise<T>;
  observe<T>(
    features: Readonly<Record<string, FeatureValue>>,
    model: () => T | Promise<T>,
    toPrediction: (answer: T) => PredictionOutput,
  ): Promise<T>;
  /** run calls a task whose first prediction gets this id (or one made for it), known to everything the task awaits. */
  run<T>(predictionId: string | undefined, task: () => T): T;
  /** currentPredictionId is the id of the request's latest prediction inside `run`, else undefined. */
  currentPredictionId(): string | undefined;
  /** flush sends everything recorded so far; true when the server has answered for all of it, false after the time-out. */
  flush(options?: { readonly timeoutMs?: number }): Promise<boolean>;
  /** close flushes until the deadline (5 s by default) and stops; what remains in memory then is counted as dropped. */
  close(options?: { readonly deadlineMs?: number }): Promise<LeewayStats>;
  /** stats returns the counters since the client was made. */
  stats(): LeewayStats;
}
