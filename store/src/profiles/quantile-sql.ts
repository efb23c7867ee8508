import type { QueryParameter } from "../client/query-parameter.ts";

/** BucketSize is how many rows a bucket (its start in Unix seconds) holds. */
export interface BucketSize {
  bucket: number;
  rows: number;
}

/** Drawing is the SQL of quantiles over drawn rows, with what it needs as columns of the rows and what it binds. */
export interface Drawing {
  columns: string[];
  /** Returns the quantiles of a column over the drawn rows for which `isThere` holds; an empty array where too few were drawn. */
  quantiles(value: string, isThere: string | undefined): string;
  parameters: Record<string, QueryParameter>;
}

// A rank is then known to half a percent on average, which is a third of what a change of unit may be off by.
const ENOUGH_ROWS = 4_000;
const FEWEST_DRAWN = 100;
const STEPS = 20;
const LEVELS = Array.from({ length: STEPS - 1 }, (_, i) => (i + 1) / STEPS);
const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * drawingOf returns the SQL of the quantiles of values that a bucket keeps (every 5 %): of all its rows, or of about 4,000 of them, always the same ones,
 * because a hash in `draw` decides. So a window's deciles can be put together without the rows, wherever its values lie.
 */
export function drawingOf(buckets: readonly BucketSize[]): Drawing {
  const large = buckets.filter(({ rows }) => rows >= 2 * ENOUGH_ROWS);
  const quantiles = `quantilesExactInclusive`;
  const levels = LEVELS.join(", ");
  if (large.length === 0) {
    return {
      columns: [],
      quantiles: (value, isThere) =>
        isThere === undefined
          ? `${quantiles}(${levels})(${value})`
          : `${quantiles}If(${levels})(${value}, ${isThere})`,
      parameters: {},
    };
  }
  return {
    columns: [
      "draw % transform(toUnixTimestamp(bucket), {largeBuckets:Array(UInt32)}, {drawnEvery:Array(UInt64)}, toUInt64(1)) = 0 AS is_drawn",
    ],
    quantiles(value, isThere) {
      const drawn = isThere === undefined ? "is_drawn" : `(is_drawn AND ${isThere})`;
      return `if(countIf(${drawn}) < ${FEWEST_DRAWN}, [], ${quantiles}If(${levels})(${value}, ${drawn}))`;
    },
    parameters: {
      largeBuckets: large.map(({ bucket }) => bucket),
      drawnEvery: large.map(({ rows }) => Math.floor(rows / ENOUGH_ROWS)),
    },
  };
}

/**
 * decilesSql returns the SQL of a window's deciles out of the quantiles of its buckets, which are rows `p` of the roll-up (with values where `hasMoments`
 * holds): each bucket's stand for equal shares of its values, its extremes for half of one. The deciles of a single bucket come out as they went in. Empty where a
 * bucket has none.
 */
export function decilesSql(hasMoments: string): string {
  const shares = [1, ...LEVELS.map(() => 2), 1].join(", ");
  const ofBucket = (array: string) => `if(empty(p.quantiles), [], ${array})`;
  return `if(countIf(${hasMoments}) = 0 OR countIf(${hasMoments} AND empty(p.quantiles)) > 0, [],
    quantilesExactWeightedArray(${TENTHS.join(", ")})(
      ${ofBucket("arrayConcat([p.minimum], p.quantiles, [p.maximum])")},
      ${ofBucket(`arrayMap(share -> share * toUInt64(greatest(1., round(p.number_count))), [${shares}])`)}))`;
}
