// Bins of the grid that are seen together: inside one of these blocks a window spreads as the reference does.
const BLOCK = 16;

/** Fill is how many bins of the grid a window's values are in, and how many they would be in by chance. */
export interface Fill {
  occupied: number;
  expected: number;
}

/**
 * fillOf returns how many bins of the reference's grid hold values of a window, and how many would if the rows of each block of sixteen neighbouring bins were
 * spread over them as the reference's are. Rounded values leave bins empty wherever the column has moved to. The open outer bins are left out. O(bins).
 */
export function fillOf(reference: readonly number[], window: readonly number[]): Fill {
  let occupied = 0;
  let expected = 0;
  for (let from = 1; from < reference.length - 1; from += BLOCK) {
    const to = Math.min(from + BLOCK, reference.length - 1);
    const before = reference.slice(from, to);
    const now = window.slice(from, to);
    const all = before.reduce((sum, count) => sum + count, 0);
    const rows = now.reduce((sum, count) => sum + count, 0);
    if (!(all > 0 && rows > 0)) continue;
    occupied += now.filter((count) => count > 0).length;
    expected += before.reduce((sum, count) => sum + 1 - (1 - count / all) ** rows, 0);
  }
  return { occupied, expected };
}
