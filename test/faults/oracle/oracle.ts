import { batchAnswerSchema } from "@leeway/core/wire";
import {
  eventsOf,
  type PlannedBatch,
  type PlannedLabel,
  type PlannedPrediction,
  type PlannedSample,
} from "../traffic/planned.ts";
import type { Answer } from "../traffic/post-json.ts";

/** PredictionFate is what became of all payloads sent under one id, by variant. */
export interface PredictionFate {
  payloads: Map<number, PlannedPrediction>;
  acknowledged: Set<number>;
  refused: Set<number>;
}

/** LabelFate is what became of one label. */
export interface LabelFate {
  label: PlannedLabel;
  isAcknowledged: boolean;
}

/** SampleFate is what became of one telemetry sample. */
export interface SampleFate {
  sample: PlannedSample;
  isAcknowledged: boolean;
}

/** Tally counts what senders saw. */
export interface Tally {
  requests: number;
  /** Requests answered 200 or 409. */
  settled: number;
  /** Requests without a whole answer. */
  unanswered: number;
  /** Requests answered 429 or 503. */
  deferred: number;
  /** Events that the service reported as duplicates. */
  duplicates: number;
  /** Events refused one by one or with their batch. */
  refused: number;
}

/** Oracle stands outside the service and knows what was sent, acknowledged and refused; it finds contradictions in the answers by itself. */
export class Oracle {
  readonly predictions = new Map<string, PredictionFate>();
  readonly labels = new Map<string, LabelFate>();
  readonly samples = new Map<string, SampleFate>();
  readonly problems: string[] = [];
  private readonly takenIds = new Set<string>();
  private readonly rivals = new Set<string>();
  readonly tally: Tally = { requests: 0, settled: 0, unanswered: 0, deferred: 0, duplicates: 0, refused: 0 };

  /** sends says that a batch is about to be sent. */
  sends(batch: PlannedBatch): void {
    switch (batch.kind) {
      case "predictions":
        for (const planned of batch.predictions) this.fateOf(planned);
        return;
      case "labels":
        for (const label of batch.labels) this.labelFateOf(label);
        return;
      case "telemetry":
        for (const sample of batch.samples) this.sampleFateOf(sample);
        return;
      default:
        batch satisfies never;
    }
  }

  /** expectsRivals says that these predictions go to several replicas at once with different payloads: each may be acknowledged with all of them, and stored with one. */
  expectsRivals(predictions: readonly PlannedPrediction[]): void {
    for (const { id } of predictions) this.rivals.add(id);
  }

  givesUp(_batch: PlannedBatch): void {
    this.tally.unanswered++;
  }

  complains(problem: string): void {
    this.problems.push(problem);
  }

  /** hears takes an answer (undefined: none came) and decides whether the batch is settled, so that it need not be sent again. */
  hears(batch: PlannedBatch, answer: Answer | undefined): boolean {
    this.tally.requests++;
    if (answer === undefined) {
      this.tally.unanswered++;
      return false;
    }
    switch (answer.status) {
      case 200:
        this.tally.settled++;
        this.answered(batch, answer);
        return true;
      case 409:
        this.tally.settled++;
        this.refusedWhole(batch);
        return true;
      case 429:
      case 503:
        this.tally.deferred++;
        if (answer.retryAfterMs === undefined) this.complains(`${answer.status} without Retry-After`);
        return false;
      default:
        this.complains(`${batch.batchId} was answered ${answer.status}: ${answer.body.slice(0, 300)}`);
        return false;
    }
  }

  /** acknowledgedIds returns the ids of predictions that were acknowledged. */
  acknowledgedIds(): string[] {
    return [...this.predictions].filter(([, { acknowledged }]) => acknowledged.size > 0).map(([id]) => id);
  }

  /** takes says that the sender was promised a prediction by other means than an answer (an SDK's spool). */
  takes(planned: PlannedPrediction, isPromised: boolean): void {
    const fate = this.fateOf(planned);
    if (isPromised) fate.acknowledged.add(planned.variant);
  }

  private answered(batch: PlannedBatch, { body }: Answer): void {
    // Where the first sender gave up unheard, the id may be new to the service.
    if (batch.expected === "answered") this.takenIds.add(batch.batchId);
    else if (this.takenIds.has(batch.batchId))
      this.complains(`${batch.batchId} was taken twice with other content`);
    const { accepted, duplicate, rejected } = batchAnswerSchema.parse(JSON.parse(body));
    this.tally.duplicates += duplicate;
    this.tally.refused += rejected.length;
    if (accepted + duplicate + rejected.length !== eventsOf(batch)) {
      this.complains(
        `${batch.batchId}: ${accepted} + ${duplicate} + ${rejected.length} is not ${eventsOf(batch)}`,
      );
    }
    const codes = new Map(rejected.map(({ index, code }) => [index, code]));
    switch (batch.kind) {
      case "predictions":
        for (const [index, planned] of batch.predictions.entries()) this.settle(planned, codes.get(index));
        return;
      case "labels":
        for (const [index, label] of batch.labels.entries())
          this.take(this.labelFateOf(label), codes.get(index));
        return;
      case "telemetry":
        for (const [index, sample] of batch.samples.entries()) {
          this.take(this.sampleFateOf(sample), codes.get(index));
        }
        return;
      default:
        batch satisfies never;
    }
  }

  /** acknowledgedEvents returns how many distinct predictions, labels and samples were acknowledged. */
  acknowledgedEvents(): number {
    const isAcknowledged = (fate: { isAcknowledged: boolean }) => fate.isAcknowledged;
    const others = [...this.labels.values(), ...this.samples.values()].filter(isAcknowledged);
    return this.acknowledgedIds().length + others.length;
  }

  private take(fate: { isAcknowledged: boolean }, code: string | undefined): void {
    if (code === undefined) fate.isAcknowledged = true;
    else this.complains(`a label or sample was refused: ${code}`);
  }

  private refusedWhole(batch: PlannedBatch): void {
    this.tally.refused += eventsOf(batch);
    if (batch.expected !== "refused_whole") this.complains(`${batch.batchId} was refused as used before`);
    if (batch.kind !== "predictions") return;
    for (const planned of batch.predictions) this.fateOf(planned).refused.add(planned.variant);
  }

  private settle(planned: PlannedPrediction, code: string | undefined): void {
    const fate = this.fateOf(planned);
    const expected = planned.isOutOfRange
      ? "timestamp_out_of_range"
      : code === undefined
        ? undefined
        : "conflict";
    if (code !== expected) this.complains(`${planned.id} was answered ${code}, not ${expected}`);
    if (code === undefined) fate.acknowledged.add(planned.variant);
    else fate.refused.add(planned.variant);
    if (fate.acknowledged.size > 1 && !this.rivals.has(planned.id))
      this.complains(`${planned.id} was acknowledged with two payloads`);
    if (code === "conflict" && fate.payloads.size === 1)
      this.complains(`${planned.id} conflicts with itself`);
  }

  private fateOf(planned: PlannedPrediction): PredictionFate {
    const known = this.predictions.get(planned.id);
    const fate = known ?? {
      payloads: new Map(),
      acknowledged: new Set<number>(),
      refused: new Set<number>(),
    };
    fate.payloads.set(planned.variant, planned);
    this.predictions.set(planned.id, fate);
    return fate;
  }

  private labelFateOf(label: PlannedLabel): LabelFate {
    const key = labelKey(label.predictionId, label.timestamp, label.label);
    const fate = this.labels.get(key) ?? { label, isAcknowledged: false };
    this.labels.set(key, fate);
    return fate;
  }

  private sampleFateOf(sample: PlannedSample): SampleFate {
    const key = sampleKey(sample.replica, sample.timestamp, sample.value);
    const fate = this.samples.get(key) ?? { sample, isAcknowledged: false };
    this.samples.set(key, fate);
    return fate;
  }
}

/** labelKey returns what makes a label this one and no other. */
export function labelKey(predictionId: string, timestamp: number, label: string): string {
  return JSON.stringify([predictionId, timestamp, label]);
}

/** sampleKey returns what makes a telemetry sample this one and no other. */
export function sampleKey(replica: string, timestamp: number, value: number): string {
  return JSON.stringify([replica, timestamp, value]);
}
