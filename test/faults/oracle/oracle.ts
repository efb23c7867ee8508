import { batchAnswerSchema } from "@leeway/core/wire";
import {
  eventsOf,
  type PlannedBatch,
  type PlannedLabel,
  type PlannedPrediction,
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

/** Tally counts what senders saw. */
export interface Tally {
  requests: number;
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
  readonly problems: string[] = [];
  readonly tally: Tally = { requests: 0, unanswered: 0, deferred: 0, duplicates: 0, refused: 0 };

  /** sends says that a batch is about to be sent. */
  sends(batch: PlannedBatch): void {
    if (batch.kind === "predictions") for (const planned of batch.predictions) this.fateOf(planned);
    else for (const label of batch.labels) this.labelFateOf(label);
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
        this.answered(batch, answer);
        return true;
      case 409:
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
    if (batch.expected === "refused_whole")
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
    if (batch.kind === "predictions") {
      for (const [index, planned] of batch.predictions.entries()) this.settle(planned, codes.get(index));
      return;
    }
    for (const [index, label] of batch.labels.entries()) {
      const code = codes.get(index);
      if (code === undefined) this.labelFateOf(label).isAcknowledged = true;
      else this.complains(`a label was refused: ${code}`);
    }
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
    if (fate.acknowledged.size > 1) this.complains(`${planned.id} was acknowledged with two payloads`);
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
}

/** labelKey returns what makes a label this one and no other. */
export function labelKey(predictionId: string, timestamp: number, label: string): string {
  return JSON.stringify([predictionId, timestamp, label]);
}
