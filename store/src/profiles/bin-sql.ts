import type { NumericGrid } from "@leeway/core/statistics";
import type { QueryParameter } from "../client/query-parameter.ts";
import { type BinLattice, planLattice } from "./bin-lattice.ts";
import { bitsOf, gridBoundaries } from "./grid-boundaries.ts";

/** BinLookup is the SQL of a value's bin on one grid, what it binds, and how many bins there are. */
export interface BinLookup {
  /** Returns the bin of a Float64 expression, within a statement that begins with `withTables`; once in it, because steps get names. */
  sql(value: string): string;
  parameters: Record<string, QueryParameter>;
  bins: number;
}

/** BinLookups are the lookups of several grids in one statement. */
export interface BinLookups {
  /** The WITH clause of the statement. */
  tables: string;
  lookups: BinLookup[];
}

/**
 * binLookups returns the lookups of the grids' bins: by a lattice where one fits, by binary search otherwise. Lattices read from two arrays that all share,
 * each at an offset of its own: scalar subqueries, which have short names. The engine names every expression by all that it is made of, so that a
 * statement with a few thousand numbers in each expression takes longer to plan than to run.
 */
export function binLookups(grids: readonly Pick<NumericGrid, "edges" | "atomEdges">[]): BinLookups {
  const cells: string[] = [];
  const boundaries: string[] = [];
  const offsets = { cells: 0, boundaries: 0 };
  const lookups = grids.map((grid, place) => {
    const ascending = gridBoundaries(grid);
    const lattice = planLattice(ascending);
    if (lattice === undefined) return searchLookup(ascending, place);
    const lookup = latticeLookup(ascending, lattice, place, { ...offsets });
    cells.push(
      `arrayFlatten(arrayMap((bin, cells) -> arrayWithConstant(cells, bin), {runBins${place}:Array(UInt16)}, {runCells${place}:Array(UInt16)}))`,
    );
    boundaries.push(`{boundaries${place}:Array(Float64)}`);
    offsets.cells += lattice.lastCell + 1;
    offsets.boundaries += ascending.length + 1;
    return lookup;
  });
  const tables =
    cells.length === 0
      ? ""
      : `WITH (SELECT arrayFlatten([${cells.join(", ")}])) AS cell_bins, (SELECT arrayFlatten([${boundaries.join(", ")}])) AS boundaries`;
  return { tables, lookups };
}

function latticeLookup(
  boundaries: readonly number[],
  lattice: BinLattice,
  place: number,
  offsets: { cells: number; boundaries: number },
): BinLookup {
  const name = (of: string, type: string) => `{${of}${place}:${type}}`;
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
  return {
    sql(x) {
      let bin = `arrayElement(cell_bins, toUInt16(${offset(x)}) + (${x} >= ${origin}) + ${offsets.cells + 1})`;
      for (let step = 0; step < lattice.steps; step++) {
        const before = `bin${place}_${step}`;
        bin = `toUInt16((${bin} AS ${before}) + (${x} >= arrayElement(boundaries, ${before} + ${offsets.boundaries + 1})))`;
      }
      return bin;
    },
    parameters: {
      [`origin${place}`]: lattice.origin,
      [`scale${place}`]: lattice.scale,
      ...(lattice.of === "bits" ? { [`originBits${place}`]: String(bitsOf(lattice.origin)) } : {}),
      [`runBins${place}`]: lattice.runs.map(({ bin }) => bin),
      [`runCells${place}`]: lattice.runs.map(({ cells }) => cells),
      // Nothing is at or above NaN: the last bin has no next boundary.
      [`boundaries${place}`]: [...boundaries, Number.NaN],
    },
    bins: boundaries.length + 1,
  };
}

// Each value is rounded down to the boundary at which its bin begins, and the boundary is turned into the bin's number.
function searchLookup(ascending: readonly number[], place: number): BinLookup {
  // Rounding down leaves what lies below the first boundary at the first: it needs one below everything.
  const boundaries = [Number.NEGATIVE_INFINITY, ...ascending];
  // An atom beside the next double gives the same boundary twice; a value there lies in the later bin.
  const bins = new Map(boundaries.map((boundary, bin) => [boundary, bin]));
  return {
    sql: (x) =>
      `transform(roundDown(${x}, {boundaries${place}:Array(Float64)}), {boundaries${place}:Array(Float64)}, {bins${place}:Array(UInt16)}, toUInt16(0))`,
    parameters: {
      [`boundaries${place}`]: [...bins.keys()],
      [`bins${place}`]: [...bins.values()],
    },
    bins: boundaries.length,
  };
}
