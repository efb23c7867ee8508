import type { Quantity } from "./quantities.ts";

/** Reading is a metric of a source that gives a quantity: how its numbers become the quantity's. */
export interface Reading {
  /** The metric's name as the source exposes it; a histogram's or summary's without `_bucket`, `_sum` and `_count`. */
  readonly metric: string;
  /** What turns its unit into the quantity's; 1 where absent. */
  readonly factor?: number;
  /** Only this part of a histogram or summary; `quantiles` are a summary's. */
  readonly part?: "sum" | "count" | "quantiles";
  /** Metrics of the same unit to add, of the series with the same labels; without one of them there is no reading. */
  readonly plus?: readonly string[];
  /** Only series whose label has one of these values. */
  readonly where?: Readonly<Record<string, readonly string[]>>;
  /** Attributes that tell these series from others of the quantity. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/**
 * Alternative is one way in which a source gives a quantity: a metric of the same unit by its name, a reading, or several that belong together.
 * Of a quantity's alternatives the first that a scrape has counts, so that a renamed metric is never counted twice.
 */
export type Alternative = string | Reading | readonly (string | Reading)[];

/** SourceMetrics say how one kind of source names the canonical quantities. */
export interface SourceMetrics {
  readonly source: string;
  /** What people call it. */
  readonly title: string;
  /** What its own metrics begin with; unknown ones of these are looked at for renamed quantities. */
  readonly prefixes: readonly string[];
  /** The quantities that every version of it gives; one that is missing is reported at the first scrape. */
  readonly expects: readonly Quantity[];
  /** Labels that name model, version and replica, the first that is there counts. */
  readonly model?: readonly string[];
  readonly version?: readonly string[];
  readonly replica?: readonly string[];
  /** Labels under the names that tell GPUs and processes apart everywhere. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** isBlank decides whether a number stands for "no value". */
  readonly isBlank?: (value: number) => boolean;
  readonly quantities: { readonly [Each in Quantity]?: readonly Alternative[] };
}

/** readingsOf returns the readings of an alternative. O(readings). */
export function readingsOf(alternative: Alternative): readonly Reading[] {
  const readings = typeof alternative === "string" || "metric" in alternative ? [alternative] : alternative;
  return readings.map((reading) => (typeof reading === "string" ? { metric: reading } : reading));
}
