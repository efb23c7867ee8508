import { UNSEEN_NAMED } from "@leeway/core/profile";
import type { ReferenceFeature } from "@leeway/core/records";
import type { QueryParameter } from "../client/query-parameter.ts";
import { hasVocabulary, IS_HELD, IS_LOOKED_UP, ONE_IN, VALUE_HASH } from "./vocabulary-sql.ts";

// Without a set of values there is nothing to look up, and to plan it would cost time.
const NOT_LOOKED_UP = "0 AS one_in, 0 AS is_looked_up, 0 AS is_held";
const LOOKED_UP = `${ONE_IN("name")} AS one_in, ${IS_LOOKED_UP(VALUE_HASH("category"), "one_in")} AS is_looked_up,
        is_looked_up AND ${IS_HELD("name", VALUE_HASH("category"))} AS is_held`;

/**
 * categoriesSql returns the SELECT of counts per bucket and feature: of the reference's categories, of the most frequent unseen ones, and of the rest, and how many
 * values the reference's set of them has and lacks; none where no feature has categories. Values are grouped by a hash, which takes half as long as by the columns that it is of.
 */
export function categoriesSql(rows: string, features: readonly ReferenceFeature[]): string[] {
  const has = (wanted: (feature: ReferenceFeature) => boolean) => features.some(wanted);
  // Each read of the rows costs the engine some time to plan, however few they are.
  const reads = [
    ...(has(({ type, name }) => type === "categorical" && name !== "")
      ? [
          `SELECT bucket, w, name, category, 0 AS is_boolean
        FROM ${rows} ARRAY JOIN mapKeys(strings) AS name, mapValues(strings) AS category
        WHERE name IN {categoricalFeatures:Array(String)}`,
        ]
      : []),
    ...(has(({ type }) => type === "boolean")
      ? [
          `SELECT bucket, w, name, if(value, 'true', 'false') AS category, 1 AS is_boolean
        FROM ${rows} ARRAY JOIN mapKeys(booleans) AS name, mapValues(booleans) AS value
        WHERE name IN {booleanFeatures:Array(String)}`,
        ]
      : []),
    ...(has(({ type, name }) => type === "categorical" && name === "")
      ? [
          `SELECT bucket, w, toLowCardinality('') AS name, toString(assumeNotNull(output_label)) AS category, 0 AS is_boolean
        FROM ${rows} WHERE isNotNull(output_label)`,
        ]
      : []),
  ];
  if (reads.length === 0) return [];
  return [
    `SELECT bucket, toString(name) AS feature, sumIf(n, NOT is_boolean) AS string_count, sumIf(n, is_boolean) AS boolean_count,
      groupArrayIf((category, n), is_known) AS known,
      arraySlice(arrayReverseSort(pair -> pair.2, groupArrayIf((category, n), is_unseen)), 1, ${UNSEEN_NAMED}) AS unseen,
      arrayConcat(known, unseen) AS named,
      mapFromArrays(arrayMap(pair -> pair.1, named), arrayMap(pair -> pair.2, named)) AS categories,
      greatest(0., sum(n) - arraySum(arrayMap(pair -> pair.2, named))) AS other_count,
      sumIf(n, is_held) AS known_count, sumIf(n, is_looked_up AND NOT is_held) AS unseen_count
    FROM (
      SELECT any(v.bucket) AS bucket, any(v.name) AS name, any(v.category) AS category, any(v.is_boolean) AS is_boolean, sum(v.w) AS n,
        (name, category) IN (SELECT arrayJoin(arrayZip({knownFeatures:Array(String)}, {knownCategories:Array(String)}))) AS is_known,
        ${hasVocabulary(features) ? LOOKED_UP : NOT_LOOKED_UP},
        NOT is_known AND (one_in = 0 OR (is_looked_up AND NOT is_held)) AS is_unseen
      FROM (${reads.join(" UNION ALL ")}) AS v
      GROUP BY cityHash64(v.bucket, v.name, v.category, v.is_boolean)
    )
    GROUP BY bucket, name`,
  ];
}

/** categoryParameters returns what a categoriesSql statement binds for a reference's features. */
export function categoryParameters(features: readonly ReferenceFeature[]): Record<string, QueryParameter> {
  const names = (type: ReferenceFeature["type"]) =>
    features.filter((feature) => feature.type === type).map(({ name }) => name);
  const known = features.flatMap(({ name, categories }) =>
    (categories ?? []).map((category) => [name, category.name] as const),
  );
  return {
    categoricalFeatures: names("categorical"),
    booleanFeatures: names("boolean"),
    knownFeatures: known.map(([name]) => name),
    knownCategories: known.map(([, category]) => category),
  };
}
