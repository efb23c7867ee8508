import { createRandom, type RandomSource } from "@leeway/core/random";
import type { PlannedBatch, PlannedLabel, PlannedPrediction, PlannedSample, Traffic } from "./planned.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = 5;
const BATCH = 100;
const SAMPLES = 20;
const CITIES = ["Oslo", "Lima", "Kyoto", "Þórshöfn"] as const;

/** TrafficOptions say how much, and how unruly. Shares are of events or of batches, in [0, 1]. */
export interface TrafficOptions {
  model: string;
  seed: number;
  predictions: number;
  /** Today's midnight UTC: the traffic covers the five days before. */
  today: number;
  /** Batches sent a second time as they are. */
  repeatedBatches?: number;
  /** Events sent again under another batch. */
  repeatedEvents?: number;
  /** Events sent with another payload: half of them after the first was answered, half racing it. */
  conflictingEvents?: number;
  /** Batch ids used again for other content. */
  reusedBatchIds?: number;
  /** Events whose client has a wrong clock or the wrong unit. */
  skewedClocks?: number;
}

/**
 * makeTraffic returns what is to be sent of one model: five days of a steady population in order of time but for a little disorder, with
 * telemetry beside it, labels after and sometimes before their predictions, corrected labels, repetitions and conflicts. The same seed gives the same traffic.
 */
export function makeTraffic(options: TrafficOptions): Traffic {
  const random = createRandom(options.seed);
  const share = { repeatedBatches: 0.1, repeatedEvents: 0.05, conflictingEvents: 0.02, reusedBatchIds: 0.05 };
  const { repeatedBatches, repeatedEvents, conflictingEvents, reusedBatchIds } = { ...share, ...options };
  const name = (kind: string, n: number) => `${options.model}-${kind}-${n}`;
  const happens = (probability: number) => random() < probability;
  const placed: { batch: PlannedBatch; at: number }[] = [];
  // What waits for another batch stands behind it, or senders could wait for each other.
  const place = (batch: PlannedBatch, at: number) => placed.push({ batch, at });

  for (let n = 0; n * BATCH < options.predictions; n++) {
    const predictions = Array.from({ length: BATCH }, (_, i) =>
      makePrediction(options, random, n * BATCH + i),
    );
    const batch = predictionBatch(name("batch", n), predictions);
    const at = n + random();
    place(batch, at);
    if (happens(repeatedBatches)) place(batch, at + random() * 4);
    const again = predictions.filter(() => happens(repeatedEvents));
    if (again.length > 0) place(predictionBatch(name("again", n), again), at + random() * 4);
    const other = predictions.filter(({ isOutOfRange }) => !isOutOfRange && happens(conflictingEvents));
    if (other.length > 0) {
      const variants = other.map((planned) => otherVariant(planned, happens(0.5)));
      place(predictionBatch(name("other", n), variants, happens(0.5) ? [batch] : []), at + random() * 2);
    }
    if (happens(reusedBatchIds)) {
      const fresh = [makePrediction(options, random, options.predictions + n)];
      const reused = predictionBatch(batch.batchId, fresh, [batch]);
      place({ ...reused, expected: "refused_whole" }, at + 1 + random() * 3);
    }
    const labels = predictions.filter(({ isOutOfRange }) => !isOutOfRange && happens(0.7)).map(truth);
    const first = labelBatch(name("labels", n), labels);
    place(first, happens(0.15) ? n - 1 : n + 1 + random() * 4);
    if (happens(repeatedBatches)) place(first, n + 2 + random() * 4);
    const corrected = labels.filter(() => happens(0.05)).map(correction);
    if (corrected.length > 0) place(labelBatch(name("corrections", n), corrected), n + random() * 6);
    const samples = predictions.slice(0, SAMPLES).map(sampleBeside);
    const sampled = sampleBatch(name("samples", n), samples);
    place(sampled, n + random());
    if (happens(repeatedBatches)) place(sampled, n + 1 + random() * 4);
    const resampled = samples.filter(() => happens(repeatedEvents));
    if (resampled.length > 0) place(sampleBatch(name("resampled", n), resampled), n + random() * 4);
  }
  placed.sort((a, b) => a.at - b.at);
  return { model: options.model, sends: placed.map(({ batch }) => batch) };

  function sampleBeside({ timestamp }: PlannedPrediction, index: number): PlannedSample {
    return { replica: `replica-${index % 3}`, timestamp, value: Math.floor(random() * 1_000) };
  }
  function truth(planned: PlannedPrediction): PlannedLabel {
    const timestamp = planned.timestamp + Math.floor(random() * 6 * HOUR);
    return { predictionId: planned.id, timestamp, label: happens(planned.score) ? "yes" : "no" };
  }
  function correction(label: PlannedLabel): PlannedLabel {
    return { ...label, timestamp: label.timestamp + 60_000, label: label.label === "yes" ? "no" : "yes" };
  }
}

function makePrediction(options: TrafficOptions, random: RandomSource, n: number): PlannedPrediction {
  const from = options.today - DAYS * DAY;
  const timestamp =
    from + Math.floor((Math.min(n, options.predictions - 1) / options.predictions) * DAYS * DAY);
  const planned = {
    id: `${options.model}/${n}`,
    variant: 0,
    timestamp,
    sentTimestamp: n % 2 === 0 ? timestamp : new Date(timestamp).toISOString(),
    amount: Math.floor(random() * 1_000),
    city: CITIES[Math.floor(random() * CITIES.length)]!,
    score: Math.round(random() * 1_000) / 1_000,
    latencyMs: 1 + Math.floor(random() * 40),
    isOutOfRange: false,
  };
  return random() < (options.skewedClocks ?? 0) ? skewed(planned, random) : planned;
}

function skewed(planned: PlannedPrediction, random: RandomSource): PlannedPrediction {
  const { timestamp } = planned;
  const shifted = (byMs: number) => ({
    ...planned,
    timestamp: timestamp + byMs,
    sentTimestamp: timestamp + byMs,
  });
  switch (Math.floor(random() * 4)) {
    case 0:
      return shifted(DAY);
    case 1:
      return shifted(-DAY);
    case 2:
      return { ...planned, sentTimestamp: Math.floor(timestamp / 1_000), isOutOfRange: true };
    default:
      return { ...planned, sentTimestamp: timestamp + 30 * DAY, isOutOfRange: true };
  }
}

// In another hour the table alone could not tell that it is the same prediction.
function otherVariant(planned: PlannedPrediction, isElsewhere: boolean): PlannedPrediction {
  const timestamp = isElsewhere ? planned.timestamp - 2 * HOUR : planned.timestamp;
  return { ...planned, variant: 1, timestamp, sentTimestamp: timestamp, amount: planned.amount + 10_000 };
}

function predictionBatch(
  batchId: string,
  predictions: readonly PlannedPrediction[],
  after: readonly PlannedBatch[] = [],
): PlannedBatch {
  return { batchId, kind: "predictions", predictions, after, expected: "answered" };
}

function labelBatch(batchId: string, labels: readonly PlannedLabel[]): PlannedBatch {
  return { batchId, kind: "labels", labels, after: [], expected: "answered" };
}

function sampleBatch(batchId: string, samples: readonly PlannedSample[]): PlannedBatch {
  return { batchId, kind: "telemetry", samples, after: [], expected: "answered" };
}
