import type { ReferenceFeature } from "@leeway/core/records";
import type { QueryParameter } from "../client/query-parameter.ts";

/** VALUE_HASH returns the SQL of the hash under which a value is kept and looked up. */
export const VALUE_HASH = (text: string): string => `sipHash64(${text})`;

/** ONE_IN returns the SQL of how many of a feature's values share one that is kept: 1 where all are, 0 where none is. It binds `vocabularyParameters`. */
export const ONE_IN = (feature: string): string =>
  `transform(toString(${feature}), {vocabularyFeatures:Array(String)}, {vocabularyOneIn:Array(UInt64)}, toUInt64(0))`;

/** IS_LOOKED_UP returns the SQL condition of values that the set would hold if the reference had them: all, or those whose hash is a multiple of `oneIn`. */
export const IS_LOOKED_UP = (hash: string, oneIn: string): string =>
  `(${oneIn} > 0 AND ${hash} % greatest(${oneIn}, 1) = 0)`;

/** IS_HELD returns the SQL condition of values that the reference has. It binds `project` and `vocabularyParameters`. */
export const IS_HELD = (feature: string, hash: string): string => `(toString(${feature}), ${hash}) IN (
    SELECT toString(feature), value_hash FROM reference_values
    WHERE project = {project:String} AND reference_id = {vocabularyReferenceId:String} AND feature IN {vocabularyFeatures:Array(String)})`;

/** hasVocabulary returns whether all values of one of the features are kept. O(features). */
export function hasVocabulary(features: readonly ReferenceFeature[]): boolean {
  return features.some(({ vocabulary }) => vocabulary !== undefined);
}

/** identifiersSql returns the SELECT that looks the values of identifiers up, per bucket and feature; none where no feature is one. */
export function identifiersSql(rows: string, features: readonly ReferenceFeature[]): string[] {
  if (identifiersOf(features).length === 0) return [];
  return [
    `SELECT bucket, toString(name) AS feature, sumIf(w, is_held) AS known_count, sumIf(w, NOT is_held) AS unseen_count
    FROM (
      SELECT bucket, w, name, ${VALUE_HASH("text")} AS value_hash, ${IS_HELD("name", "value_hash")} AS is_held
      FROM ${rows} ARRAY JOIN mapKeys(strings) AS name, mapValues(strings) AS text
      WHERE name IN {identifierFeatures:Array(String)} AND ${IS_LOOKED_UP("value_hash", ONE_IN("name"))}
    )
    GROUP BY bucket, name`,
  ];
}

/** vocabularyParameters returns what the statements of this file bind for some features of a reference. */
export function vocabularyParameters(
  referenceId: string,
  features: readonly ReferenceFeature[],
): Record<string, QueryParameter> {
  const kept = features.flatMap(({ name, vocabulary }) =>
    vocabulary === undefined ? [] : [{ name, oneIn: vocabulary.one_in }],
  );
  if (kept.length === 0) return {};
  const identifiers = identifiersOf(features);
  return {
    vocabularyReferenceId: referenceId,
    vocabularyFeatures: kept.map(({ name }) => name),
    vocabularyOneIn: kept.map(({ oneIn }) => oneIn),
    ...(identifiers.length === 0 ? {} : { identifierFeatures: identifiers }),
  };
}

function identifiersOf(features: readonly ReferenceFeature[]): string[] {
  return features
    .filter(({ type, vocabulary }) => type === "text" && vocabulary !== undefined)
    .map(({ name }) => name);
}
