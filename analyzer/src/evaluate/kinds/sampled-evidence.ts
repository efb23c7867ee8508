import type { NotJudged } from "@leeway/core/evaluation";
import type { EmbeddedRow, SampledRow, WindowProfile } from "@leeway/core/profile";
import type { Monitor } from "@leeway/core/records";
import {
  assessEmbedding,
  assessJoint,
  assessText,
  EMBEDDING_ROWS,
  fixedThresholds,
  MINIMUM_JOINT_ROWS,
  MINIMUM_TEXTS,
  MINIMUM_WINDOW_ROWS,
  measureJoint,
  type TextAssessment,
  textShortage,
  type WindowEvidence,
} from "@leeway/core/verdicts";
import type { DriftBaseline } from "../baselines/drift-baseline.ts";

/** LoadSample returns at most `limit` rows of a window, of the monitor's segment where it has one. */
export type LoadSample = (profile: WindowProfile, limit: number) => Promise<SampledRow[]>;

/** LoadEmbeddings returns the embeddings of at most `limit` such rows. */
export type LoadEmbeddings = (profile: WindowProfile, limit: number) => Promise<EmbeddedRow[]>;

/** SampledEvidence is what a window's rows say that its counts can't. */
export type SampledEvidence = Pick<WindowEvidence, "joint" | "texts" | "embeddings" | "notJudged">;

/** sampledEvidence looks at a sample of a window's rows and returns what it says of joint drift, texts and embeddings, and of what it says nothing. */
export async function sampledEvidence(
  { monitor, baseline }: { monitor: Monitor; baseline: DriftBaseline },
  profile: WindowProfile,
  load: { sample: LoadSample; embeddings: LoadEmbeddings },
): Promise<SampledEvidence> {
  // So small a window is not judged at all.
  if (profile.rows < Math.max(MINIMUM_WINDOW_ROWS, monitor.minimum_count)) return {};
  const { sampled, calibration } = baseline;
  const point = calibration.operating_point;
  const isJointLarge = profile.rows >= MINIMUM_JOINT_ROWS;
  const isTextLarge = profile.rows >= MINIMUM_TEXTS;
  const isAnyWanted =
    (sampled.joint !== undefined && isJointLarge) || (sampled.texts.length > 0 && isTextLarge);
  const rows = isAnyWanted ? await load.sample(profile, sampled.sampleLimit) : [];
  const looked = isAnyWanted ? rows.length : profile.rows;
  const here: NotJudged[] = [];

  const measured =
    sampled.joint === undefined ? undefined : measureJoint(sampled.joint.reference, rows, profile.start);
  if (sampled.joint !== undefined && measured === undefined) {
    const reason = `${looked} rows in the window, ${MINIMUM_JOINT_ROWS} are needed`;
    here.push({ kind: "joint", outcome: "not_defined", reason });
  }
  const lead = fixedThresholds(monitor)?.text_shift === undefined ? "least_probable" : "largest";
  const texts = new Map<string, TextAssessment>();
  for (const text of sampled.texts) {
    const assessment = assessText(text, rows, point, lead);
    if (assessment !== undefined) {
      texts.set(text.name, assessment);
      continue;
    }
    const reason = isTextLarge
      ? textShortage(text.name, rows, "window")
      : `${profile.rows} rows in the window, ${MINIMUM_TEXTS} texts are needed`;
    here.push({ kind: "text", feature: text.name, outcome: "not_defined", reason: reason ?? "no texts" });
  }
  here.push(...unknownEmbeddings(rows, monitor, sampled.embedded));
  const embedded = sampled.embeddings.length === 0 ? [] : await load.embeddings(profile, EMBEDDING_ROWS);
  return {
    ...(sampled.joint === undefined || measured === undefined
      ? {}
      : { joint: assessJoint(sampled.joint.reference, sampled.joint.calibration, measured, point) }),
    texts,
    embeddings: sampled.embeddings.map((one) => assessEmbedding(one, embedded, point)),
    notJudged: { here, ever: sampled.notJudged },
  };
}

// A reference may be older than the embeddings, or may have been uploaded without them.
function unknownEmbeddings(
  rows: readonly SampledRow[],
  monitor: Monitor,
  known: readonly string[],
): NotJudged[] {
  const seen = new Set(rows.flatMap(({ embedded = [] }) => embedded));
  return [...seen]
    .filter((name) => !known.includes(name) && (monitor.features?.includes(name) ?? true))
    .sort()
    .map((feature) => ({
      ...{ kind: "embedding", feature, outcome: "not_defined" },
      reason: "the reference holds no embeddings of that name",
    }));
}
