import type { ConfusionCell } from "../confusion-cell.ts";

const YES = ["true", "1", "yes", "y", "t", "positive", "pos"];
const NO = ["false", "0", "no", "n", "f", "negative", "neg"];
const CLEAR_LIFT = 1.1;
const FEWEST_ROWS = 20;

/** Respelling is a class of the reference that labels now spell differently. */
export interface Respelling {
  before: string;
  now: string;
}

/**
 * findRespellings returns which known classes the new names stand for: the same yes or no, the same letters or number in another spelling, else the one class
 * among those that labels hardly name any more (`gone`) which is predicted for its rows oftener than for others. O(names + cells).
 *
 * @example findRespellings(["true", "false"], { known: ["0", "1"], gone: [] }, []) // [{ before: "1", now: "true" }, { before: "0", now: "false" }]
 */
export function findRespellings(
  news: readonly string[],
  { known, gone }: { known: readonly string[]; gone: readonly string[] },
  cells: readonly ConfusionCell[],
): Respelling[] {
  return news.flatMap((now) => {
    const before = twinByName(now, known) ?? twinByPrediction(now, news, gone, cells);
    return before === undefined ? [] : [{ before, now }];
  });
}

function twinByName(now: string, known: readonly string[]): string | undefined {
  const form = plainForm(now);
  return known.find((name) => plainForm(name) === form);
}

function plainForm(name: string): string {
  const text = name
    .trim()
    .toLowerCase()
    .normalize("NFKC")
    .replace(/[\s_-]+/g, " ");
  const number = text === "" ? Number.NaN : Number(text);
  const plain = Number.isFinite(number) ? String(number) : text;
  if (YES.includes(plain)) return "yes";
  if (NO.includes(plain)) return "no";
  return plain;
}

// Each new name for one known class and each known class for one new name: else it is no mere renaming.
function twinByPrediction(
  now: string,
  news: readonly string[],
  known: readonly string[],
  cells: readonly ConfusionCell[],
): string | undefined {
  const best = mostPredicted(now, known, cells);
  if (best === undefined) return undefined;
  const rivals = news.filter((name) => name !== now && mostPredicted(name, known, cells) === best);
  return rivals.length === 0 ? best : undefined;
}

// How much oftener a class is predicted for rows of this truth than for all rows: a weak model still leans to the right side.
function mostPredicted(
  truth: string,
  known: readonly string[],
  cells: readonly ConfusionCell[],
): string | undefined {
  const given = cells.filter(({ predicted }) => predicted !== "");
  const rowsOf = (isCounted: (cell: ConfusionCell) => boolean) =>
    given.filter(isCounted).reduce((sum, { count }) => sum + count, 0);
  const all = rowsOf(() => true);
  const mine = rowsOf((cell) => cell.truth === truth);
  if (mine < FEWEST_ROWS) return undefined;
  const lifts = known.map((name) => {
    const share = rowsOf((cell) => cell.predicted === name) / all;
    const shareHere = rowsOf((cell) => cell.truth === truth && cell.predicted === name) / mine;
    return { name, lift: share === 0 ? 0 : shareHere / share };
  });
  const best = lifts.sort((a, b) => b.lift - a.lift)[0];
  return best !== undefined && best.lift >= CLEAR_LIFT ? best.name : undefined;
}
