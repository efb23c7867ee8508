import type { PerformanceTask } from "@leeway/core/performance";
import { EXACT_SCORES, LARGEST_VALUE } from "@leeway/core/performance";
import type { LabelledRows } from "./labelled-rows.ts";
import { scoreKey } from "./score-key.ts";

// Sums of core's LossSums over `condition`: count, sum, sum of squares.
const losses = (name: string, value: string, condition: string) =>
  `[sumIf(w, ${condition}), sumIf(w * (${value}), ${condition}), sumIf(w * (${value}) * (${value}), ${condition})] AS ${name}`;

const scoreHistogram = (score: string, label: string, condition: string) =>
  `sumMapIf([${scoreKey(score)}], [w * ${label}], [w * (1 - ${label})], ${condition})`;

const calibration = (score: string, label: string, condition: string) =>
  `sumMapIf([toUInt8(least(14, floor(15 * ${score})))], [w], [w * ${label}], [w * ${score}], ${condition})`;

// The most frequent of what a sumMap counted, as pairs of key and count.
const mostFrequent = (counts: string) =>
  `arraySlice(arrayReverseSort(pair -> pair.2, arrayZip((${counts} AS counted).1, counted.2)), 1, 200)`;

// Core's SeenOutputs: `output` and `truth` are numbers or NULL.
const seen = (columns: {
  cells?: string;
  predicted?: string;
  unreadable: string;
  beyond?: string;
  missing: string;
  outputBeyond?: string;
  output: string;
  truth?: string;
  moments?: string;
}) => `
  ${columns.cells === undefined ? "CAST([] AS Array(Tuple(Tuple(String, String), Float64)))" : mostFrequent(columns.cells).replaceAll("counted", "counted_cells")} AS seen_cells,
  ${columns.predicted === undefined ? "CAST([] AS Array(Tuple(String, Float64)))" : mostFrequent(columns.predicted).replaceAll("counted", "counted_classes")} AS seen_predicted,
  [countIf(label_came), countIf(${columns.unreadable}), ${columns.beyond === undefined ? "0" : `countIf(${columns.beyond})`}] AS seen_labels,
  [countIf(${columns.missing}), ${columns.outputBeyond === undefined ? "0" : `countIf(${columns.outputBeyond})`}] AS seen_outputs,
  [minOrNull(${columns.output}), maxOrNull(${columns.output})] AS seen_output_range,
  [${columns.truth === undefined ? "CAST(NULL AS Nullable(Float64)), NULL" : `minOrNull(${columns.truth}), maxOrNull(${columns.truth})`}] AS seen_truth_range,
  ${columns.moments ?? "CAST([] AS Array(Float64))"} AS seen_moments`;

const COUNTS =
  "count() AS predictions, countIf(has_label) AS labelled, sumIf(w, has_label) AS weight_sum, sumIf(w * w, has_label) AS weight_square_sum";

// A ranking of up to EXACT_SCORES rows is kept exactly; in a larger window scores are snapped to core's grid, whichever windows are read beside it.
const isSnapped = ({ starts }: LabelledRows) =>
  `start IN (SELECT start FROM ${starts} GROUP BY start HAVING count() > ${EXACT_SCORES}) AS is_snapped`;

/** aggregateSql returns the SELECT that reduces labelled rows to one aggregate per group, exactly as core's aggregate of the task defines it. */
export function aggregateSql(task: PerformanceTask["task"], rows: LabelledRows): string {
  switch (task) {
    case "binary":
      return binarySql(rows);
    case "multiclass":
      return multiclassSql(rows);
    case "regression":
      return regressionSql(rows);
    default:
      return task satisfies never;
  }
}

function binarySql(rows: LabelledRows): string {
  const scored = "has_label AND is_probability";
  const decided = "has_label AND (has_class OR has_score)";
  return `WITH ${isSnapped(rows)}
    SELECT start, ${COUNTS}, is_snapped,
      [sumIf(w, ${decided} AND y = 1 AND c = 1), sumIf(w, ${decided} AND y = 0 AND c = 1),
       sumIf(w, ${decided} AND y = 1 AND c = 0), sumIf(w, ${decided} AND y = 0 AND c = 0)] AS confusion,
      ${losses("log_loss", "if(y = 1, -log(greatest(1e-15, least(1 - 1e-15, s))), -log1p(-greatest(1e-15, least(1 - 1e-15, s))))", scored)},
      ${losses("brier", "pow(s - y, 2)", scored)},
      ${losses("calibration_error", "s - y", scored)},
      ${scoreHistogram("s", "y", scored)} AS score_histogram,
      ${calibration("s", "y", scored)} AS calibration,
      sumIf(w, has_label AND has_score AND NOT is_probability) AS invalid_scores,
      ${seen({
        cells: "sumMapIf([tuple(t, p)], [w], has_label)",
        predicted: "sumMapIf([p], [w], has_class)",
        unreadable: "label_came AND NOT has_label",
        missing: "has_label AND NOT has_class AND NOT has_score",
        output: "if(has_score, toNullable(raw_score), NULL)",
      })}
    FROM (
      SELECT start, w, label_came, toString(ifNull(label, '')) AS t, toString(ifNull(predicted_label, '')) AS p,
        isNotNull(label) AS has_label,
        toFloat64(ifNull(label, '') = {positiveClass:String}) AS y,
        isNotNull(predicted_label) AS has_class,
        isNotNull(score) OR mapContains(scores, {positiveClass:String}) AS has_score,
        assumeNotNull(ifNull(score, scores[{positiveClass:String}])) AS raw_score,
        has_score AND raw_score >= 0 AND raw_score <= 1 AS is_probability,
        if(is_probability, raw_score, 0.5) AS s,
        if(has_class, toFloat64(ifNull(predicted_label, '') = {positiveClass:String}), toFloat64(raw_score >= {threshold:Float64})) AS c
      FROM ${rows.rows}
    )
    GROUP BY start ORDER BY start`;
}

function multiclassSql(rows: LabelledRows): string {
  const scored = "has_label AND has_scores AND NOT is_invalid";
  return `WITH ${isSnapped(rows)}
    SELECT start, ${COUNTS}, is_snapped,
      sumMapIf([tuple(t, c)], [w], has_label AND c != '') AS confusion,
      ${losses("log_loss", "-log(greatest(1e-15, least(1 - 1e-15, scores[t])))", scored)},
      ${losses("brier", "arraySum((k, v) -> pow(v - (k = t), 2), mapKeys(scores), mapValues(scores)) + if(mapContains(scores, t), 0, 1)", scored)},
      ${calibration("greatest(0, least(1, scores[c]))", "toFloat64(t = c)", scored)} AS calibration,
      sumMapIf(
        arrayMap((k, v) -> tuple(k, ${scoreKey("greatest(0, least(1, v))")}), mapKeys(scores), mapValues(scores)),
        arrayMap(k -> w * (k = t), mapKeys(scores)), arrayMap(k -> w * (k != t), mapKeys(scores)), ${scored}
      ) AS score_histograms,
      sumIf(w, has_label AND is_invalid) AS invalid_scores,
      ${seen({
        predicted: "sumMapIf([c], [w], c != '')",
        unreadable: "label_came AND NOT has_label",
        missing: "has_label AND c = ''",
        output: "if(has_scores, toNullable(largest), NULL)",
      })}
    FROM (
      SELECT start, w, label_came, scores, arrayMax(if(empty(scores), [0.], mapValues(scores))) AS largest, isNotNull(label) AS has_label, toString(ifNull(label, '')) AS t,
        length(scores) > 0 AS has_scores,
        arrayExists(v -> NOT (v >= 0 AND v <= 1), mapValues(scores)) AS is_invalid,
        toString(ifNull(predicted_label, if(has_scores, arraySort((k, v) -> -v, mapKeys(scores), mapValues(scores))[1], ''))) AS c
      FROM ${rows.rows}
    )
    GROUP BY start ORDER BY start`;
}

function regressionSql(rows: LabelledRows): string {
  const bucket = (value: string) =>
    `toInt32(if(abs(${value}) < 1e-12, 0, sign(${value}) * (1400 + ceil(log(abs(${value})) / log(1.02)))))`;
  return `SELECT start, count() AS predictions, countIf(has_label) AS labelled,
      sumIf(w, is_valid) AS weight_sum, sumIf(w * w, is_valid) AS weight_square_sum,
      ${losses("error", "e", "is_valid")},
      ${losses("absolute_error", "abs(e)", "is_valid")},
      ${losses("squared_error", "e * e", "is_valid")},
      ${losses("absolute_percentage_error", "abs(e / y)", `is_valid AND y != 0 AND abs(e) <= abs(y) * ${LARGEST_VALUE}`)},
      ${losses("symmetric_percentage_error", "if(y = 0 AND p = 0, 0, 2 * abs(e) / (abs(p) + abs(y)))", "is_valid")},
      [sumIf(w * d, is_valid), sumIf(w * d * d, is_valid), sumIf(w * d * d * d, is_valid), sumIf(w * d * d * d * d, is_valid),
       sumIf(w * e * e * d, is_valid), sumIf(w * e * e * d * d, is_valid)] AS truth,
      sumMapIf([${bucket("e")}], [w], is_valid) AS residuals,
      sumMapIf([${bucket("abs(e)")}], [w], is_valid) AS absolute_residuals,
      maxIf(abs(e), is_valid) AS maximum_absolute_error,
      sumIf(w, has_label AND NOT is_valid) AS invalid_rows,
      ${seen({
        unreadable: "label_came AND NOT has_label",
        beyond: `has_label AND NOT abs(y) <= ${LARGEST_VALUE}`,
        missing: "has_label AND NOT has_output",
        outputBeyond: `has_label AND has_output AND NOT abs(p) <= ${LARGEST_VALUE}`,
        output: "if(is_valid, toNullable(p), NULL)",
        truth: "if(is_valid, toNullable(y), NULL)",
        moments: "[sumIf(w, is_valid), sumIf(w * o, is_valid), sumIf(w * o * o, is_valid)]",
      })}
    FROM (
      SELECT start, w, label_came, isNotNull(label_value) AS has_label, isNotNull(predicted_value) AS has_output,
        ifNull(label_value, 0) AS y, ifNull(predicted_value, 0) AS p,
        has_label AND isNotNull(predicted_value) AND abs(y) <= ${LARGEST_VALUE} AND abs(p) <= ${LARGEST_VALUE} AS is_valid,
        if(is_valid, p - y, 0) AS e, if(is_valid, y - {anchor:Float64}, 0) AS d,
        if(is_valid, p - {anchor:Float64}, 0) AS o
      FROM ${rows.rows}
    )
    GROUP BY start ORDER BY start`;
}
