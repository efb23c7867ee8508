import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  createChangeChart,
  emptyChangeChartState,
  stepChangeChart,
  type WindowValue,
} from "@leeway/core/detectors";
import {
  aggregateBinaryRows,
  aggregateRegressionRows,
  binaryMetrics,
  binaryPerformance,
  type Metric,
  regressionMetrics,
  regressionPerformance,
} from "@leeway/core/performance";
import { describe, expect, it } from "vitest";
import { expectClose } from "../expect-close.ts";

// The streams are other people's data: they are not in this repository. Where LEEWAY_SHARED names a folder with them (`data/<name>/stream.csv.gz`
// and `scenario.json`, whose expectations were computed with scikit-learn 1.2.1), every chunk of every stream is checked.
const shared = process.env["LEEWAY_SHARED"];
const folder = shared === undefined ? undefined : join(shared, "data");

interface Row {
  id: number;
  timestamp: number;
  score: number;
  predicted: number;
  label: number;
  knownAt: number;
  window: string;
}
type Expected = { n_labelled: number } & Record<string, number | number[]>;
interface Chunk {
  chunk: string;
  end_exclusive: string;
  first_row_id: number;
  last_row_id: number;
  performance_final: Expected;
  performance_as_of_chunk_end: Expected;
}
interface Scenario {
  task: "binary" | "regression";
  expected: {
    reference: { performance_all_labels: Expected };
    chunkings: Record<string, { chunks: Chunk[] }>;
  };
}

function readStream(name: string): Row[] {
  const text = gunzipSync(readFileSync(join(folder!, name, "stream.csv.gz"))).toString();
  const [header, ...lines] = text.trim().split("\n");
  const columns = header!.split(",");
  const at = (column: string) => columns.indexOf(column);
  const indices = ["row_id", "timestamp", "score", "predicted_label", "label", "label_delay_s", "window"].map(
    at,
  );
  return lines.map((line) => {
    const cells = line.split(",");
    const [id, timestamp, score, predicted, label, delay, window] = indices.map((i) =>
      i < 0 ? "" : cells[i]!,
    );
    const time = Date.parse(timestamp!);
    const arrives = label !== "" && delay !== "";
    return {
      id: Number(id),
      timestamp: time,
      score: Number(score),
      predicted: Number(predicted),
      label: label === "" ? Number.NaN : Number(label),
      knownAt: arrives ? time + Number(delay) * 1000 : Number.POSITIVE_INFINITY,
      window: window!,
    };
  });
}

const plain = (metric: Metric) =>
  metric.outcome === "ok" ? metric.value : (metric.conventionalValue ?? null);
const given = (expected: Expected, key: string) => (expected[key] as number | undefined) ?? null;
const tight = { absolute: 1e-9 };

function checkBinary(rows: Row[], expected: Expected, what: string): void {
  const columns = {
    labels: rows.map((row) => row.label),
    scores: rows.map((row) => row.score),
    predicted: rows.map((row) => row.predicted),
  };
  const { metrics, confusion } = binaryPerformance(columns);
  expect(rows.length, what).toBe(expected.n_labelled);
  if (rows.length === 0) return;
  for (const name of ["accuracy", "precision", "recall", "f1", "roc_auc", "brier", "log_loss"] as const) {
    expectClose(plain(metrics[name]), given(expected, name), tight, `${what} ${name}`);
  }
  expectClose(plain(metrics.positive_rate), given(expected, "positive_rate"), tight, `${what} positive rate`);
  expectClose(
    plain(metrics.pr_auc),
    given(expected, "average_precision"),
    tight,
    `${what} average precision`,
  );
  const auc = metrics.roc_auc;
  if (auc.outcome === "ok" && auc.method === "delong") {
    expectClose(auc.ciLow, given(expected, "roc_auc_ci_low"), tight, `${what} AUC low`);
    expectClose(auc.ciHigh, given(expected, "roc_auc_ci_high"), tight, `${what} AUC high`);
  }
  const eces = expected["ece_15_alternatives"] as number[];
  const ece = plain(metrics.ece)!;
  expect(Math.min(...eces.map((value) => Math.abs(value - ece))), `${what} ece`).toBeLessThan(1e-9);
  expect([confusion.truePositive, confusion.falsePositive], what).toEqual([expected["tp"], expected["fp"]]);
  const rolledUp = binaryMetrics(aggregateBinaryRows(columns));
  expectClose(plain(rolledUp.metrics.roc_auc), plain(auc), tight, `${what} AUC`);
}

function checkRegression(rows: Row[], expected: Expected, what: string): void {
  const columns = {
    truth: rows.map((row) => row.label),
    predicted: rows.map((row) => row.score),
    anchor: 150,
  };
  expect(rows.length, what).toBe(expected.n_labelled);
  if (rows.length === 0) return;
  const exact = regressionPerformance(columns).metrics;
  const rolledUp = regressionMetrics(aggregateRegressionRows(columns)).metrics;
  for (const metrics of [exact, rolledUp]) {
    expectClose(plain(metrics.mae), given(expected, "mae"), tight, `${what} mae`);
    expectClose(plain(metrics.rmse), given(expected, "rmse"), tight, `${what} rmse`);
    expectClose(plain(metrics.bias), given(expected, "mean_error"), tight, `${what} bias`);
    expectClose(plain(metrics.r2), given(expected, "r2"), tight, `${what} r2`);
    expectClose(plain(metrics.mape), given(expected, "mape_skip_zero"), tight, `${what} mape`);
  }
  expectClose(plain(exact.median_absolute_error), given(expected, "median_ae"), tight, `${what} median`);
}

it("the folder that LEEWAY_SHARED names exists", () => {
  expect(folder === undefined || existsSync(folder)).toBe(true);
});

if (folder !== undefined && existsSync(folder)) {
  describe.each(["elec2", "california_housing_nannyml", "bike_sharing"])("%s", (name) => {
    const rows = readStream(name);
    const scenario: Scenario = JSON.parse(readFileSync(join(folder, name, "scenario.json"), "utf8"));
    const check = scenario.task === "binary" ? checkBinary : checkRegression;

    it("reference", () => {
      const reference = rows.filter((row) => row.window === "reference" && !Number.isNaN(row.label));
      check(reference, scenario.expected.reference.performance_all_labels, "reference");
    });

    for (const [chunking, { chunks }] of Object.entries(scenario.expected.chunkings)) {
      it(`by ${chunking}: with all labels, and with those known at the chunk's end`, () => {
        for (const chunk of chunks) {
          const inside = rows.filter((row) => row.id >= chunk.first_row_id && row.id <= chunk.last_row_id);
          const end = Date.parse(chunk.end_exclusive);
          const ever = inside.filter((row) => row.knownAt < Number.POSITIVE_INFINITY);
          check(ever, chunk.performance_final, `${chunk.chunk} final`);
          const known = inside.filter((row) => row.knownAt <= end);
          check(known, chunk.performance_as_of_chunk_end, `${chunk.chunk} as of its end`);
        }
      });
    }
  });

  describe("concept drift by the change chart of weekly losses, at one false alarm in a year of weeks", () => {
    const WEEK = 7 * 86_400_000;
    /** alarmWeeks returns in which production weeks (counted from 0) the chart of a loss is in alarm. */
    const alarmWeeks = (
      name: string,
      lossOf: (window: Row[]) => Metric,
    ): { alarms: number[]; weeks: number } => {
      const rows = readStream(name).filter(
        (row) => row.knownAt < Number.POSITIVE_INFINITY || row.window === "reference",
      );
      const weekly = (part: string): WindowValue[] => {
        const own = rows.filter((row) => row.window === part);
        const start = own[0]!.timestamp;
        const groups = new Map<number, Row[]>();
        for (const row of own) {
          const week = Math.floor((row.timestamp - start) / WEEK);
          groups.set(week, [...(groups.get(week) ?? []), row]);
        }
        return [...groups.values()].flatMap((group) => {
          const loss = lossOf(group);
          return loss.outcome === "ok" && loss.standardError !== null
            ? [{ value: loss.value, standardError: loss.standardError }]
            : [];
        });
      };
      const created = createChangeChart({ reference: weekly("reference"), averageRunLength: 52 });
      if (created.outcome !== "ok") throw new Error(created.reason);
      let state = emptyChangeChartState();
      const alarms: number[] = [];
      const production = weekly("production");
      production.forEach((window, week) => {
        const step = stepChangeChart(created.chart, state, window);
        state = step.state;
        if (step.outcome.outcome === "ok" && step.outcome.signal === "alarm") alarms.push(week);
      });
      return { alarms, weeks: production.length };
    };
    const logLoss = (window: Row[]) =>
      binaryPerformance({ labels: window.map((row) => row.label), scores: window.map((row) => row.score) })
        .metrics.log_loss;

    it("finds the market's drift in ELEC2, and is quiet in the weeks before it", () => {
      const { alarms, weeks } = alarmWeeks("elec2", logLoss);
      expect(weeks).toBe(96);
      // In week 7 the log loss doubles (0.88 against 0.40): a true alarm. From week 17 on, it lasts.
      expect(alarms[0]).toBe(7);
      const lasting = Array.from({ length: 43 }, (_, i) => 25 + i);
      expect(alarms).toEqual(expect.arrayContaining([17, 18, 19, 20, 21, ...lasting]));
    });

    it("finds that the model underestimates the grown demand of bikes", () => {
      const { alarms } = alarmWeeks(
        "bike_sharing",
        (window) =>
          regressionPerformance({
            truth: window.map((row) => row.label),
            predicted: window.map((row) => row.score),
          }).metrics.mae,
      );
      expect(alarms[0]).toBeLessThan(14);
    });
  });
}
