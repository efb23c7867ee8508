/** A third of the letters may be wrong, and one of the shortest words. */
const WRONG_SHARE = 1 / 3;

/**
 * nearestName returns the known name that `name` is most likely a misspelling of, or undefined where none is near: the fewest letters to add, take
 * away, change or swap with their neighbour (optimal string alignment). O(known · length²).
 *
 * @example nearestName("modle", ["version", "model"]); // "model"
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  // No name of ours is as long, and the work grows with the square.
  if (name.length > 64) return undefined;
  let nearest: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = editDistance(fold(name), fold(candidate));
    if (distance < least && distance <= Math.max(1, Math.floor(candidate.length * WRONG_SHARE))) {
      nearest = candidate;
      least = distance;
    }
  }
  return nearest;
}

// `minimumCount` and `minimum-count` are spellings of `minimum_count`.
function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[_\-. ]/g, "");
}

function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_unused, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let least = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(before, j - 2) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return at(last, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;

/** didYouMean returns `; did you mean model?`, or nothing where no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? "" : `; did you mean ${nearest}?`;
}
