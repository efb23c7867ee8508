import type { ConfusionCell } from "../confusion-cell.ts";

const YES = ["true", "1", "yes", "y", "t", "positive", "pos"];
const NO = ["false", "0", "no", "n", "f", "negative", "neg"];
// A class that is another by its name alone: this share of its rows must be predicted as that other one.
const CLEAR_AGREEMENT = 0.6;

/** Respelling is a class of the reference that labels now spell differently. */
export interface Respelling {
  before: string;
  now: string;
}

/**
 * findRespellings returns which known classes the new names stand for: the same yes or no, the same letters or number in another spelling, else the one class
 * among those that labels hardly name any more (`gone`) which is predicted for most of its rows. O(names + cells).
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

function mostPredicted(
  truth: string,
  known: readonly string[],
  cells: readonly ConfusionCell[],
): string | undefined {
  const mine = cells.filter((cell) => cell.truth === truth && cell.predicted !== "");
  const rows = mine.reduce((sum, { count }) => sum + count, 0);
  const best = [...mine].sort((a, b) => b.count - a.count)[0];
  if (best === undefined || best.count < CLEAR_AGREEMENT * rows) return undefined;
  return known.includes(best.predicted) ? best.predicted : undefined;
}
