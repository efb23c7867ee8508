import type { SampledRow, WindowProfile } from "@leeway/core/profile";
import type { Model, Monitor, Reference, ReferenceFeature } from "@leeway/core/records";
import { segmentKey } from "@leeway/core/segment";
import {
  calibrateDrift,
  createEmbeddingBaseline,
  createJointBaseline,
  createTextBaseline,
  type DriftCalibration,
  EMBEDDING_ROWS,
  EMBEDDING_TESTS,
  type EmbeddingBaseline,
  embeddingNames,
  JOINT_TESTS,
  type JointBaseline,
  jointRowLimit,
  MINIMUM_JOINT_ROWS,
  TEXT_TESTS,
  type TextBaseline,
  textLimit,
  watchedFeatures,
} from "@leeway/core/verdicts";
import type { SampleQuery } from "@leeway/store";
import type { ModelStore } from "../model-store.ts";

/** DriftBaseline is what windows are held against: bars per feature, and from a sample of the rows how features hang together and what texts are made of. */
export interface DriftBaseline {
  /** A segment's own part of the reference: it may differ from the whole by nature. */
  reference: Reference;
  calibration: DriftCalibration;
  joint: JointBaseline | undefined;
  texts: TextBaseline[];
  embeddings: EmbeddingBaseline[];
  /** Rows of a window that are looked at for both. */
  sampleLimit: number;
}

interface ReferenceRows<Row> {
  sample: Row[];
  windows: { start: number; end: number; rows: Row[] }[];
}

// Each costs as much as the verdict on a window; the reference's variation is known well enough from these.
const CALIBRATION_WINDOWS = 12;
// Of 1,536 numbers, each costs a quarter of a second a window.
const MOST_EMBEDDINGS = 3;

/** isJudgedOnRows decides whether a monitor looks at a sample of the rows themselves: not with a fixed threshold, nor on a slice, whose features hang together in their own way. */
export function isJudgedOnRows(monitor: Monitor): boolean {
  return monitor.thresholds?.psi === undefined && isOfAllTraffic(monitor);
}

function isOfAllTraffic({ segment }: Monitor): boolean {
  return segmentKey(segment) === "";
}

/** driftBaseline learns from a reference and its own windows what a monitor's windows are held against. */
export async function driftBaseline(
  store: ModelStore,
  whole: Reference,
  monitor: Monitor,
  model: Model,
): Promise<DriftBaseline> {
  const { segment } = monitor;
  const [reference, profiles] = await Promise.all([
    isOfAllTraffic(monitor) || segment === undefined ? whole : store.segmentReference(whole, segment),
    store.referenceProfiles(whole, monitor.window, segment),
  ]);
  const { prediction: _output, ...inputs } = reference;
  const features = isJudgedOnRows(monitor) ? watchedFeatures(inputs, monitor.features) : [];
  const sampleLimit = jointRowLimit(features.length);
  const rows =
    features.length === 0
      ? { sample: [], windows: [] }
      : await referenceRows<SampledRow>(
          (query) => store.referenceSample(reference, query),
          reference,
          profiles,
          sampleLimit,
        );
  const joint = await createJointBaseline({ features, ...rows, pause });
  const texts = await textBaselines(features, rows);
  // Who names the features to watch has not named these.
  const isAnyWatched = isJudgedOnRows(monitor) && monitor.features === undefined;
  const embeddings = isAnyWatched ? await embeddingBaselines(store, reference, profiles) : [];
  const calibration = calibrateDrift(profiles, reference, {
    windowMs: monitor.window,
    ...(model.false_alarms_per_month === undefined
      ? {}
      : { falseAlarmsPerMonth: model.false_alarms_per_month }),
    ...(monitor.features === undefined ? {} : { features: monitor.features }),
    furtherTests:
      (joint === undefined ? 0 : JOINT_TESTS) +
      texts.length * TEXT_TESTS +
      embeddings.length * EMBEDDING_TESTS,
  });
  return { reference, calibration, joint, texts, embeddings, sampleLimit };
}

async function referenceRows<Row>(
  load: (query: SampleQuery) => Promise<Row[]>,
  reference: Reference,
  profiles: readonly WindowProfile[],
  limit: number,
): Promise<ReferenceRows<Row>> {
  const windows = [];
  for (const { start, end, rows } of spread(profiles)) {
    windows.push({ start, end, rows: await load({ rows, limit, span: { from: start, to: end } }) });
  }
  return { sample: await load({ rows: reference.rows, limit }), windows };
}

async function embeddingBaselines(
  store: ModelStore,
  reference: Reference,
  profiles: readonly WindowProfile[],
): Promise<EmbeddingBaseline[]> {
  const load = (query: SampleQuery) => store.referenceEmbeddings(reference, query);
  const found = embeddingNames(await load({ rows: reference.rows, limit: EMBEDDING_ROWS }));
  if (found.length === 0) return [];
  const rows = await referenceRows(load, reference, profiles, EMBEDDING_ROWS);
  const baselines: EmbeddingBaseline[] = [];
  for (const embedding of found.slice(0, MOST_EMBEDDINGS)) {
    const baseline = await createEmbeddingBaseline(embedding, rows, pause);
    if (baseline !== undefined) baselines.push(baseline);
  }
  return baselines;
}

async function textBaselines(
  features: readonly ReferenceFeature[],
  rows: ReferenceRows<SampledRow>,
): Promise<TextBaseline[]> {
  const texts = features.filter(({ type }) => type === "text");
  const limit = textLimit(texts.length);
  const baselines: TextBaseline[] = [];
  for (const { name } of texts) {
    const baseline = createTextBaseline(name, limit, rows);
    if (baseline !== undefined) baselines.push(baseline);
    await pause();
  }
  return baselines;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

// Evenly spread over the reference; one window alone leaves nothing to hold it against.
function spread(windows: readonly WindowProfile[]): WindowProfile[] {
  const usable = windows.filter(({ rows }) => rows >= MINIMUM_JOINT_ROWS);
  if (usable.length < 2) return [];
  const step = Math.max(1, usable.length / CALIBRATION_WINDOWS);
  return Array.from(
    { length: Math.min(CALIBRATION_WINDOWS, usable.length) },
    (_, i) => usable[Math.floor(i * step)]!,
  );
}
