/** FamilyType is the type that a family was declared with, or `unknown`. */
export type FamilyType = "counter" | "gauge" | "histogram" | "summary" | "unknown";

/** Series is one series of a family in one scrape. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Of gauges and counters. */
  value?: number;
  /** Cumulative counts up to each bound. */
  buckets?: [number, number][];
  quantiles?: [number, number][];
  sum?: number;
  count?: number;
  /** Epoch milliseconds, where the line has a time of its own. */
  timestamp?: number;
}

/** Family is a metric with its series; a counter's name ends as its samples do, a histogram's has no `_bucket`. */
export interface Family {
  readonly metric: string;
  readonly type: FamilyType;
  readonly series: Series[];
}

/** Exposition is what a scrape said. */
export interface Exposition {
  /** The families that were asked for. */
  readonly families: ReadonlyMap<string, Family>;
  /** Every family that has samples, wanted or not, with its type. */
  readonly present: ReadonlyMap<string, FamilyType>;
  /** Families that were declared and have no sample yet. */
  readonly declared: ReadonlySet<string>;
  readonly lines: number;
  readonly malformed: number;
  /** Series left out because a scrape may only have so many. */
  readonly left: number;
}
