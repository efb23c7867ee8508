import { bitsOf, previousDouble } from "./grid-boundaries.ts";

/**
 * BinLattice leads from a value to its bin without a search. The value's cell follows from arithmetic alone, the cell names the lowest bin that a
 * value in it can have, and from there `steps` comparisons with the next boundary reach the value's own bin.
 */
export interface BinLattice {
  /** Cells are equally wide in the value itself (for what spreads evenly), or in its bits, which for positive doubles rise like its logarithm. */
  of: "value" | "bits";
  /** Where the second cell begins; the first holds what is smaller. */
  origin: number;
  /** Cells per unit of the value, or how many low bits a cell spans. */
  scale: number;
  /** The number of the last cell, which holds what is larger as well. */
  lastCell: number;
  /** The lowest bin of each cell, as runs of cells that share it. */
  runs: { bin: number; cells: number }[];
  steps: number;
}

const SIZES = [4_096, 16_384] as const;
/** More comparisons than these take as long as the search. */
const MOST_STEPS = 3;
/** Boundaries at either end that may share the outermost cells, so that a few far values don't widen all others. */
const TRIMMED = [0, 2, 4] as const;

/**
 * planLattice returns the lattice with the fewest comparisons for ascending boundaries, or undefined where none needs few: then a search is as quick. Bins
 * are those of the search, to the last bit: cells rise with the value, so only boundaries in a value's own cell are in doubt. O(boundaries).
 *
 * @example planLattice([1, 2, 3])?.steps // 0: every boundary begins a cell
 */
export function planLattice(boundaries: readonly number[]): BinLattice | undefined {
  let best: BinLattice | undefined;
  for (const size of SIZES) {
    for (const trim of TRIMMED) {
      const origin = boundaries[trim];
      const end = boundaries.at(-1 - trim);
      if (origin === undefined || end === undefined || end < origin) continue;
      for (const frame of [valueFrame(origin, end, size), bitsFrame(origin, end, size)]) {
        const lattice = frame && withRuns(frame, boundaries);
        if (lattice !== undefined && lattice.steps < (best?.steps ?? MOST_STEPS + 1)) best = lattice;
      }
    }
  }
  return best;
}

type Frame = Pick<BinLattice, "of" | "origin" | "scale" | "lastCell">;

// A power of two, so that whole numbers and other round steps begin cells exactly.
function valueFrame(origin: number, end: number, size: number): Frame | undefined {
  const exponent = Math.floor(Math.log2((size - 2) / (end - origin)));
  const scale = end === origin ? 1 : 2 ** exponent;
  return Number.isFinite(scale) && scale > 0 ? { of: "value", origin, scale, lastCell: size - 1 } : undefined;
}

function bitsFrame(origin: number, end: number, size: number): Frame | undefined {
  if (origin <= 0) return undefined;
  const span = Number(bitsOf(end) - bitsOf(origin));
  const scale = Math.max(0, Math.ceil(Math.log2((span + 1) / (size - 2))));
  return { of: "bits", origin, scale, lastCell: size - 1 };
}

/** cellOf returns the cell of a value: the same arithmetic as in SQL, of which every operation is exact or rounds alike everywhere. */
export function cellOf({ of, origin, scale, lastCell }: Frame, x: number): number {
  if (!(x >= origin)) return 0;
  const offset =
    of === "value" ? Math.trunc((x - origin) * scale) : Number((bitsOf(x) - bitsOf(origin)) >> BigInt(scale));
  return 1 + Math.min(offset, lastCell - 1);
}

function withRuns(frame: Frame, boundaries: readonly number[]): BinLattice {
  const inside = new Map<number, number>();
  const runs: BinLattice["runs"] = [];
  let [begun, steps] = [0, 0];
  boundaries.forEach((boundary, bin) => {
    const cell = cellOf(frame, boundary);
    // A boundary at which its cell begins is passed by all that the cell holds.
    const from = cellOf(frame, previousDouble(boundary)) < cell ? cell : cell + 1;
    if (from === cell + 1) {
      const here = (inside.get(cell) ?? 0) + 1;
      inside.set(cell, here);
      steps = Math.max(steps, here);
    }
    if (from > begun) runs.push({ bin, cells: from - begun });
    begun = Math.max(begun, from);
  });
  if (begun <= frame.lastCell) runs.push({ bin: boundaries.length, cells: frame.lastCell + 1 - begun });
  return { ...frame, runs, steps };
}
