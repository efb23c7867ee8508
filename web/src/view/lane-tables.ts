import type { DriftLane } from "./drift-lane.ts";
import { formatWindow } from "./format-time.ts";
import { metricName } from "./metric-words.ts";
import type { ServingPoint } from "./model-page.ts";
import { formatCount, formatMetric, formatMilliseconds, formatPercent } from "./number-words.ts";
import type { PerformanceLane } from "./performance-lane.ts";

/** LANES are the charts of a model's page that have a table behind them. */
export const LANES = ["volume", "drift", "performance", "latency"] as const;

/** LaneName names one of them. */
export type LaneName = (typeof LANES)[number];

/** LaneTable is the numbers of a chart as a table, newest first. */
export interface LaneTable {
  caption: string;
  columns: { header: string; numeric?: boolean }[];
  rows: { key: string; cells: string[] }[];
}

/** LaneData is what the charts of a model's page draw. */
export interface LaneData {
  points: readonly ServingPoint[];
  drift: DriftLane;
  performance: PerformanceLane;
  now: number;
}

const WINDOW = { header: "Window (UTC)" };
const ABSENT = "–";

/** laneTable returns the numbers behind one chart. */
export function laneTable(lane: LaneName, data: LaneData): LaneTable {
  switch (lane) {
    case "volume":
      return volumeTable(data);
    case "drift":
      return driftTable(data);
    case "performance":
      return performanceTable(data);
    case "latency":
      return latencyTable(data);
    default:
      return lane satisfies never;
  }
}

function volumeTable({ points, now }: LaneData): LaneTable {
  return {
    caption: "Predictions by window, newest first",
    columns: [WINDOW, { header: "Predictions", numeric: true }, { header: "Failed", numeric: true }],
    rows: [...points].reverse().map(({ start, end, total, errors }) => ({
      key: String(start),
      cells: [formatWindow(start, end, now), formatCount(total), formatCount(errors)],
    })),
  };
}

function latencyTable({ points, now }: LaneData): LaneTable {
  return {
    caption: "Latency percentiles by window, newest first",
    columns: [WINDOW, ...["p50", "p95", "p99"].map((header) => ({ header, numeric: true }))],
    rows: points
      .filter(({ p95 }) => p95 !== null)
      .reverse()
      .map(({ start, end, p50, p95, p99 }) => ({
        key: String(start),
        cells: [formatWindow(start, end, now), ...[p50, p95, p99].map(formatMilliseconds)],
      })),
  };
}

function driftTable({ drift, now }: LaneData): LaneTable {
  return {
    caption: "Drift verdicts by window, newest first",
    columns: [
      WINDOW,
      { header: "Predictions", numeric: true },
      { header: "Features drifting", numeric: true },
      { header: "All features together (AUC)", numeric: true },
      { header: "Verdict" },
    ],
    rows: [...drift.columns]
      .reverse()
      .map(({ start, end, count, driftShare, joint, jointReason, reason }) => ({
        key: String(start),
        cells: [
          formatWindow(start, end, now),
          formatCount(count),
          formatPercent(driftShare, 0),
          joint === null
            ? jointReason === undefined
              ? ABSENT
              : "not judged"
            : `${formatMetric(joint.auc)}${joint.isDrifted ? ", drifted" : ""}`,
          reason,
        ],
      })),
  };
}

function performanceTable({ performance: { metric = "", points }, now }: LaneData): LaneTable {
  return {
    caption: `${metricName(metric)} by window, newest first`,
    columns: [
      WINDOW,
      { header: metricName(metric), numeric: true },
      { header: "95 % interval", numeric: true },
      { header: "Reference", numeric: true },
      { header: "Estimated", numeric: true },
      { header: "Labelled", numeric: true },
      { header: "Verdict" },
    ],
    rows: [...points].reverse().map((point) => ({
      key: String(point.start),
      cells: [
        formatWindow(point.start, point.end, now),
        formatMetric(point.value),
        point.low === null ? ABSENT : `${formatMetric(point.low)} – ${formatMetric(point.high)}`,
        formatMetric(point.reference),
        point.estimated === null
          ? ABSENT
          : `${formatMetric(point.estimated)} (${formatMetric(point.estimatedLow)} – ${formatMetric(point.estimatedHigh)})`,
        `${formatCount(point.labelled)} (${formatPercent(point.coverage, 0)})`,
        `${point.revision > 1 ? `Revision ${point.revision}. ` : ""}${point.reason}`,
      ],
    })),
  };
}

/** tableCsv returns a table as CSV (RFC 4180); a cell that a spreadsheet would run as a formula is quoted as text. */
export function tableCsv({ columns, rows }: LaneTable): string {
  const lines = [columns.map(({ header }) => header), ...rows.map(({ cells }) => cells)];
  return lines.map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(text: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,]+$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
