import type { NotJudged } from "@leeway/core/evaluation";
import type { EmbeddedRow, SampledRow } from "@leeway/core/profile";
import type { Monitor, ReferenceFeature } from "@leeway/core/records";
import {
  createEmbeddingBaseline,
  createJointBaseline,
  createTextBaseline,
  EMBEDDING_ROWS,
  type EmbeddingBaseline,
  embeddingNames,
  embeddingShortage,
  type JointBaseline,
  jointRowLimit,
  jointShortage,
  MINIMUM_EMBEDDINGS,
  MINIMUM_JOINT_ROWS,
  MINIMUM_TEXTS,
  NO_THRESHOLD,
  sampledKinds,
  type TextBaseline,
  textLimit,
  textShortage,
  watchedFeatures,
} from "@leeway/core/verdicts";
import type { ModelStore } from "../model-store/model-store.ts";
import { type ReferencePart, type ReferenceRows, referenceRows } from "./reference-samples.ts";

/** SampledBaselines is what a window's sample of rows is compared with: how features are correlated, what texts are made of, embeddings. */
export interface SampledBaselines {
  joint: JointBaseline | undefined;
  texts: TextBaseline[];
  embeddings: EmbeddingBaseline[];
  /** What a monitor watches and the reference has nothing to hold it against for. */
  notJudged: NotJudged[];
  /** Names of the embeddings that the monitor watches and the reference's sample holds. */
  embedded: string[];
  /** Rows of a window that are looked at for joint drift and texts. */
  sampleLimit: number;
}

// Of 1,536 numbers, each costs a quarter of a second a window.
const MOST_EMBEDDINGS = 3;

/** NOTHING_SAMPLED is what a monitor has that can't look at rows at all. */
export const NOTHING_SAMPLED: SampledBaselines = {
  joint: undefined,
  texts: [],
  embeddings: [],
  notJudged: [],
  embedded: [],
  sampleLimit: 0,
};

/** sampledBaselines learns from samples of a reference, or of a segment's part of it, all that a monitor judges by rows, and says what it can't. */
export async function sampledBaselines(
  store: ModelStore,
  part: ReferencePart,
  monitor: Monitor,
): Promise<SampledBaselines> {
  const { prediction: _output, ...inputs } = part.reference;
  const features = watchedFeatures(inputs, monitor.features);
  const kinds = sampledKinds(monitor);
  const texts = features.filter(({ type }) => type === "text");
  const sampleLimit = jointRowLimit(features.length);
  const isTextWanted = kinds.text && texts.length > 0;
  const rows =
    kinds.joint || isTextWanted
      ? await referenceRows<SampledRow>((query) => store.referenceSample(part.reference, query), part, {
          limit: sampleLimit,
          fewest:
            hasWindowsOf(part, MINIMUM_JOINT_ROWS) || !isTextWanted ? MINIMUM_JOINT_ROWS : MINIMUM_TEXTS,
        })
      : { sample: [], windows: [] };
  const joint = kinds.joint ? await createJointBaseline({ features, ...rows, pause }) : undefined;
  const jointly = kinds.joint ? jointShortage(features, rows.sample) : NO_THRESHOLD;
  const made = kinds.text ? await textBaselines(texts, rows) : [];
  const embeddings = await embeddingBaselines(store, part, monitor);
  const found = new Set([
    ...features.map(({ name }) => name),
    part.reference.prediction?.name,
    ...embeddings.names,
  ]);
  return {
    joint,
    texts: made,
    embeddings: embeddings.made,
    embedded: embeddings.names,
    sampleLimit,
    notJudged: [
      ...(monitor.features ?? [])
        .filter((name) => !found.has(name))
        .map((name) =>
          ofFeature("feature", name, "the reference has neither a feature nor an embedding of that name"),
        ),
      ...(joint === undefined ? [ofAll(jointly)] : []),
      ...texts
        .filter(({ name }) => !made.some((one) => one.name === name))
        .map(({ name }) =>
          ofFeature("text", name, kinds.text ? textShortage(name, rows.sample, "reference") : NO_THRESHOLD),
        ),
      ...embeddings.notJudged,
    ],
  };
}

async function textBaselines(
  texts: readonly ReferenceFeature[],
  rows: ReferenceRows<SampledRow>,
): Promise<TextBaseline[]> {
  const limit = textLimit(texts.length);
  const baselines: TextBaseline[] = [];
  for (const { name } of texts) {
    const baseline = createTextBaseline(name, limit, rows);
    if (baseline !== undefined) baselines.push(baseline);
    await pause();
  }
  return baselines;
}

async function embeddingBaselines(
  store: ModelStore,
  part: ReferencePart,
  monitor: Monitor,
): Promise<{ made: EmbeddingBaseline[]; names: string[]; notJudged: NotJudged[] }> {
  const { reference, segment } = part;
  const load = (query: Parameters<ModelStore["referenceEmbeddings"]>[1]) =>
    store.referenceEmbeddings(reference, query);
  const sample = await load({ rows: reference.rows, limit: EMBEDDING_ROWS, segment });
  const watched = embeddingNames(sample).filter(({ name }) => monitor.features?.includes(name) ?? true);
  const names = watched.map(({ name }) => name);
  if (!sampledKinds(monitor).embedding || watched.length === 0) {
    return { made: [], names, notJudged: names.map((name) => ofFeature("embedding", name, NO_THRESHOLD)) };
  }
  const rows = await referenceRows<EmbeddedRow>(load, part, {
    limit: EMBEDDING_ROWS,
    fewest: MINIMUM_EMBEDDINGS,
  });
  const made: EmbeddingBaseline[] = [];
  const notJudged: NotJudged[] = [];
  for (const [place, embedding] of watched.entries()) {
    const baseline =
      place < MOST_EMBEDDINGS ? await createEmbeddingBaseline(embedding, rows, pause) : undefined;
    if (baseline !== undefined) {
      made.push(baseline);
      continue;
    }
    const reason =
      place < MOST_EMBEDDINGS
        ? embeddingShortage(embedding, rows.sample)
        : `the first ${MOST_EMBEDDINGS} by name are judged`;
    notJudged.push(ofFeature("embedding", embedding.name, reason));
  }
  return { made, names, notJudged };
}

function hasWindowsOf({ profiles }: ReferencePart, fewest: number): boolean {
  return profiles.filter(({ rows }) => rows >= fewest).length >= 2;
}

function ofAll(reason = "the reference's sample says nothing of it"): NotJudged {
  return { kind: "joint", outcome: "not_defined", reason };
}

function ofFeature(kind: NotJudged["kind"], feature: string, reason: string | undefined): NotJudged {
  return { ...ofAll(reason), kind, feature };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
