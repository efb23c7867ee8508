import type { DriftThresholds } from "../../records/index.ts";
import { benjaminiHochberg } from "../../statistics/index.ts";
import { decideEmbedding, type EmbeddingDecision } from "../embeddings/decide-embedding.ts";
import type { FeatureAssessment } from "../feature/assess-feature.ts";
import { decideFeature, type FeatureDecision } from "../feature/feature-decision.ts";
import { decideJoint, type JointDecision } from "../joint/decide-joint.ts";
import type { WindowEvidence } from "./window-evidence.ts";

/**
 * decideFamily returns the decisions on all features of a window, joint drift and embeddings, whose p-values are adjusted together: joint drift and every
 * embedding are one more member each. O(features log features).
 */
export function decideFamily(
  assessments: readonly FeatureAssessment[],
  { joint: looked, embeddings = [] }: WindowEvidence,
  fixed: DriftThresholds | undefined,
): { decisions: FeatureDecision[]; joint: JointDecision | undefined; embeddings: EmbeddingDecision[] } {
  const joint = fixed !== undefined && fixed.joint_auc === undefined ? undefined : looked;
  const family = [...assessments, ...embeddings].filter((member) => member.outcome === "judged");
  const adjusted = benjaminiHochberg([...family, ...(joint === undefined ? [] : [joint])].map(({ p }) => p));
  const adjustedOf = new Map<unknown, number>(family.map((member, index) => [member, adjusted[index]!]));
  const names = new Set(assessments.map(({ name }) => name));
  return {
    decisions: assessments.map((assessment) =>
      decideFeature(assessment, adjustedOf.get(assessment) ?? null, fixed),
    ),
    joint: joint === undefined ? undefined : decideJoint(joint, adjusted.at(-1) ?? null, fixed?.joint_auc),
    embeddings: embeddings.map((assessment) => {
      const { name } = assessment.baseline;
      // A feature may have the same name.
      const publishedName = names.has(name) ? `${name} (embedding)` : name;
      return decideEmbedding(publishedName, assessment, adjustedOf.get(assessment) ?? null, fixed);
    }),
  };
}
