import type { NumericGrid } from "@leeway/core/statistics";
import type { QueryParameter } from "../client/define-query.ts";
import { planLattice } from "./bin-lattice.ts";
import { bitsOf, gridBoundaries } from "./grid-boundaries.ts";

/** BinLookup is the SQL of a value's bin on one grid, what it binds, and how many bins there are. */
export interface BinLookup {
  /** Returns the bin of a Float64 expression. */
  sql(value: string): string;
  parameters: Record<string, QueryParameter>;
  bins: number;
}

/** binLookup returns the lookup of a grid's bins: by a lattice where one fits, by binary search otherwise. Its parameters end in `suffix`. */
export function binLookup(grid: Pick<NumericGrid, "edges" | "atomEdges">, suffix: string): BinLookup {
  const boundaries = gridBoundaries(grid);
  return latticeLookup(boundaries, suffix) ?? searchLookup(boundaries, suffix);
}

function latticeLookup(boundaries: readonly number[], suffix: string): BinLookup | undefined {
  const lattice = planLattice(boundaries);
  if (lattice === undefined) return undefined;
  const name = (of: string, type: string) => `{${of}${suffix}:${type}}`;
  const last = lattice.lastCell - 1;
  const origin = name("origin", "Float64");
  const offset = (x: string) => {
    switch (lattice.of) {
      case "value":
        return `least(greatest((${x} - ${origin}) * ${name("scale", "Float64")}, 0.), ${last}.)`;
      case "bits":
        return `least(bitShiftRight(greatest(reinterpretAsInt64(${x}), ${name("originBits", "Int64")}) - ${name("originBits", "Int64")}, ${name("scale", "UInt8")}), ${last})`;
      default:
        return lattice.of satisfies never;
    }
  };
  const lowestBins = `arrayFlatten(arrayMap((bin, cells) -> arrayWithConstant(cells, bin), ${name("runBins", "Array(UInt16)")}, ${name("runCells", "Array(UInt16)")}))`;
  const boundary = (bin: string) => `arrayElement(${name("boundaries", "Array(Float64)")}, ${bin} + 1)`;
  return {
    sql(x) {
      let bin = `arrayElement(${lowestBins}, toUInt16(${offset(x)}) + (${x} >= ${origin}) + 1)`;
      for (let step = 0; step < lattice.steps; step++) bin = `toUInt16(${bin} + (${x} >= ${boundary(bin)}))`;
      return bin;
    },
    parameters: {
      [`origin${suffix}`]: lattice.origin,
      [`scale${suffix}`]: lattice.scale,
      ...(lattice.of === "bits" ? { [`originBits${suffix}`]: String(bitsOf(lattice.origin)) } : {}),
      [`runBins${suffix}`]: lattice.runs.map(({ bin }) => bin),
      [`runCells${suffix}`]: lattice.runs.map(({ cells }) => cells),
      // Nothing is at or above NaN: the last bin has no next boundary.
      [`boundaries${suffix}`]: [...boundaries, Number.NaN],
    },
    bins: boundaries.length + 1,
  };
}

// Each value is rounded down to the boundary at which its bin begins, and the boundary is turned into the bin's number.
function searchLookup(ascending: readonly number[], suffix: string): BinLookup {
  // Rounding down leaves what lies below the first boundary at the first: it needs one below everything.
  const boundaries = [Number.NEGATIVE_INFINITY, ...ascending];
  // An atom beside the next double gives the same boundary twice; a value there lies in the later bin.
  const bins = new Map(boundaries.map((boundary, bin) => [boundary, bin]));
  return {
    sql: (x) =>
      `transform(roundDown(${x}, {boundaries${suffix}:Array(Float64)}), {boundaries${suffix}:Array(Float64)}, {bins${suffix}:Array(UInt16)}, toUInt16(0))`,
    parameters: {
      [`boundaries${suffix}`]: [...bins.keys()],
      [`bins${suffix}`]: [...bins.values()],
    },
    bins: boundaries.length,
  };
}
