import {
  type DriftOutline,
  type DriftWindow,
  driftOutlineSchema,
  driftWindowSchema,
  type Evaluation,
  type FeatureOutline,
  type Outcome,
} from "@leeway/core/evaluation";
import { outputName } from "@leeway/core/profile";
import { type DriftCell, relativeSize } from "./drift-cell.ts";

/** DriftColumn is one window of the heat map, or several side by side where there are more windows than room. */
export interface DriftColumn {
  start: number;
  end: number;
  count: number;
  outcome: Outcome;
  reason: string;
  /** Share of the judged features that drifted; null where none could be judged. */
  driftShare: number | null;
  /** Whether the features hung together as in the reference; null where that was not judged. */
  joint: { auc: number; isDrifted: boolean } | null;
  /** Why that was not judged, where the verdict says so. */
  jointReason: string | undefined;
}

/** NotJudgedPart is what windows of a range could not be judged by: in how many, and why not in the newest. */
export interface NotJudgedPart {
  name: string;
  windows: number;
  reason: string;
}

/** DriftRow is one feature through time. */
export interface DriftRow {
  feature: string;
  type: string;
  isPrediction: boolean;
  cells: DriftCell[];
  driftedWindows: number;
  /** The largest PSI relative to its threshold: what rows are ranked by. */
  worst: number;
}

/** DriftLane is the drift of one model version over a range, ready to draw. */
export interface DriftLane {
  columns: DriftColumn[];
  rows: DriftRow[];
  referenceId: string | undefined;
  judgedWindows: number;
  alarmWindows: number;
  /** Joint drift, texts and embeddings that could not be judged, the most frequent first. */
  notJudged: NotJudgedPart[];
}

/** LaneVerdict is what a lane needs of a verdict: its evidence may be an outline. */
export type LaneVerdict = Omit<Evaluation, "state">;

const MOST_COLUMNS = 180;

/**
 * driftLane returns the heat map of drift evaluations (one per window, ascending by start): features that drifted most often first, the
 * model's own output on top. Where there are more than `maximumColumns` windows, neighbours share a column that shows the worse of them.
 */
export function driftLane(evaluations: readonly LaneVerdict[], maximumColumns = MOST_COLUMNS): DriftLane {
  const windows = evaluations.map((evaluation) => ({
    evaluation,
    detail: driftOutlineSchema.safeParse(evaluation.detail).data,
  }));
  const names = new Map<string, string>();
  for (const { detail } of windows) {
    if (detail === undefined) continue;
    for (const [name, feature] of Object.entries(detail.features)) names.set(name, feature.type);
  }
  const hasPrediction = windows.some(({ detail }) => detail?.prediction !== undefined);
  const perColumn = Math.max(1, Math.ceil(windows.length / maximumColumns));
  const groups = chunk(windows, perColumn);

  const rows = [...names].map(([name, type]) => driftRow(name, type, false, groups));
  rows.sort((a, b) => b.driftedWindows - a.driftedWindows || b.worst - a.worst || compareNames(a, b));
  if (hasPrediction) rows.unshift(driftRow(outputName(names.keys()), "output", true, groups));
  return {
    columns: groups.map(driftColumn),
    rows,
    referenceId: windows.findLast(({ detail }) => detail !== undefined)?.detail?.reference_id,
    judgedWindows: windows.filter(
      ({ detail }) =>
        detail?.multivariate !== undefined || Object.values(detail?.features ?? {}).some(isJudged),
    ).length,
    alarmWindows: evaluations.filter(({ outcome }) => outcome === "alarm").length,
    notJudged: notJudgedParts(windows),
  };
}

function notJudgedParts(windows: readonly JudgedWindow[]): NotJudgedPart[] {
  const parts = new Map<string, NotJudgedPart>();
  for (const { kind, feature, reason } of windows.flatMap(({ detail }) => detail?.not_judged ?? [])) {
    const name = feature === undefined ? `${kind} drift` : `${feature} (${kind})`;
    parts.set(name, { name, windows: (parts.get(name)?.windows ?? 0) + 1, reason });
  }
  return [...parts.values()].sort((a, b) => b.windows - a.windows);
}

/** readDetail returns the stored drift window of an evaluation, or undefined where it could not be judged and holds none. */
export function readDetail(evaluation: Evaluation): DriftWindow | undefined {
  const parsed = driftWindowSchema.safeParse(evaluation.detail);
  return parsed.success ? parsed.data : undefined;
}

interface JudgedWindow {
  evaluation: LaneVerdict;
  detail: DriftOutline | undefined;
}

function driftRow(name: string, type: string, isPrediction: boolean, groups: JudgedWindow[][]): DriftRow {
  const all = groups.map((group) => group.map((window) => driftCell(window, name, isPrediction)));
  const flat = all.flat();
  return {
    feature: name,
    type,
    isPrediction,
    cells: all.map((group) => group.reduce(worseCell)),
    driftedWindows: flat.filter((cell) => cell.state === "drifted").length,
    worst: Math.max(0, ...flat.map(relativeSize)),
  };
}

function driftCell({ detail, evaluation }: JudgedWindow, name: string, isPrediction: boolean): DriftCell {
  const feature = isPrediction ? detail?.prediction : detail?.features[name];
  if (feature === undefined) {
    // A window that was too small holds no features at all; it was looked at, so it is not simply absent.
    const state = evaluation.outcome === "insufficient_data" ? "insufficient" : "absent";
    return { state, psi: null, threshold: null };
  }
  const { threshold, outcome } = feature;
  const psi = feature.baseline?.psi ?? feature.psi;
  switch (outcome) {
    case "ok":
    case "drifted":
      return { state: outcome, psi: short(psi), threshold: short(threshold) };
    case "insufficient_data":
    case "not_defined":
      return { state: "insufficient", psi: short(psi), threshold: short(threshold) };
    default:
      return outcome satisfies never;
  }
}

// The map may have thousands of cells and goes to the browser: four digits are more than it can show. The opened cell has them all.
function short<Value extends number | null>(value: Value): Value | number {
  return value === null ? value : Number(value.toPrecision(4));
}

const CELL_RANK = { drifted: 3, ok: 2, insufficient: 1, absent: 0 } as const;

function worseCell(a: DriftCell, b: DriftCell): DriftCell {
  if (CELL_RANK[a.state] !== CELL_RANK[b.state]) return CELL_RANK[a.state] > CELL_RANK[b.state] ? a : b;
  return relativeSize(a) >= relativeSize(b) ? a : b;
}

const OUTCOME_RANK: Record<Outcome, number> = {
  alarm: 7,
  error: 6,
  drifting: 5,
  no_data: 4,
  insufficient_data: 3,
  not_defined: 2,
  immature: 1,
  ok: 0,
};

function driftColumn(group: JudgedWindow[]): DriftColumn {
  const worst = group.reduce((a, b) =>
    OUTCOME_RANK[a.evaluation.outcome] >= OUTCOME_RANK[b.evaluation.outcome] ? a : b,
  );
  const judged = group.flatMap(({ detail }) => Object.values(detail?.features ?? {})).filter(isJudged);
  return {
    start: group[0]!.evaluation.window_start,
    end: group.at(-1)!.evaluation.window_end,
    count: group.reduce((sum, { detail }) => sum + (detail?.count ?? 0), 0),
    outcome: worst.evaluation.outcome,
    reason: worst.evaluation.reason,
    driftShare:
      judged.length === 0
        ? null
        : judged.filter(({ outcome }) => outcome === "drifted").length / judged.length,
    joint: worstJoint(group),
    jointReason: group
      .flatMap(({ detail }) => detail?.not_judged ?? [])
      .findLast(({ kind }) => kind === "joint")?.reason,
  };
}

function worstJoint(group: JudgedWindow[]): DriftColumn["joint"] {
  const judged = group.flatMap(({ detail }) => detail?.multivariate ?? []);
  const [worst] = judged.sort((a, b) => Number(b.drifted) - Number(a.drifted) || b.auc - a.auc);
  return worst === undefined ? null : { auc: worst.auc, isDrifted: worst.drifted };
}

function isJudged({ outcome }: FeatureOutline): boolean {
  return outcome === "ok" || outcome === "drifted";
}

function chunk<Item>(items: Item[], size: number): Item[][] {
  const groups: Item[][] = [];
  for (let i = 0; i < items.length; i += size) groups.push(items.slice(i, i + size));
  return groups;
}

function compareNames(a: DriftRow, b: DriftRow): number {
  return a.feature < b.feature ? -1 : 1;
}
