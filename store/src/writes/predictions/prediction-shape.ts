import { FEATURE_LIMIT } from "@leeway/core/wire";
import { hashMemberName, type MemberName } from "./member-names.ts";
import { featureNameProblem } from "./name-table.ts";

/** NO_SLOT stands for a member that predictions of a shape don't have. */
export const NO_SLOT = -1;

/** A member of a map (features, tags, class scores) and the slot its value lies in. */
export interface NamedSlot {
  name: string;
  slot: number;
}

/** ShapeParts are the slots of a prediction's values, and the values that all predictions of the shape share. */
export interface ShapeParts {
  model: string;
  version: string;
  environment: string;
  /** How many values each prediction has. */
  slots: number;
  id: number;
  timestamp: number;
  label: number;
  score: number;
  value: number;
  latency: number;
  error: number;
  weight: number;
  /** Each in the order in which the parsed object lists them. */
  features: readonly NamedSlot[];
  scores: readonly NamedSlot[];
  tags: readonly NamedSlot[];
}

/** HashedSlot is a map's member with the hash of its whole name. */
export interface HashedSlot extends NamedSlot {
  member: MemberName;
}

/** PredictionShape is what predictions of one model version with the same members have in common, worked out once. */
export class PredictionShape {
  readonly parts: ShapeParts;
  readonly scores: readonly HashedSlot[];
  readonly tags: readonly HashedSlot[];

  constructor(parts: ShapeParts) {
    this.parts = parts;
    const hashed = (prefix: string) => (slot: NamedSlot) => ({
      ...slot,
      member: hashMemberName(`${prefix}.${slot.name}`),
    });
    this.scores = parts.scores.map(hashed("prediction.scores"));
    this.tags = parts.tags.map(hashed("tags"));
  }
}

/** isStorable says whether predictions of these features can be stored at all, whatever their values are. */
export function isStorable(features: readonly NamedSlot[]): boolean {
  return (
    features.length <= FEATURE_LIMIT && features.every(({ name }) => featureNameProblem(name) === undefined)
  );
}
