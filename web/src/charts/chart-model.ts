/** SeriesColor is one of the page's line colours, in both themes; each series also differs by dash or marker. */
export type SeriesColor = "series-1" | "series-2" | "series-3" | "series-4" | "reference";

/** ChartSeries is one thing drawn: `key` names its value in the points (for a band, a pair of low and high). */
export interface ChartSeries {
  key: string;
  name: string;
  kind: "line" | "step" | "area" | "band" | "dots";
  color: SeriesColor;
  dash?: "short" | "long";
}

/** ChartPoint is one moment with the values of the series; a missing value is null and makes a gap. */
export interface ChartPoint {
  t: number;
  /** What the tooltip calls this point (the window). */
  label: string;
  values: Record<string, number | [number, number] | null>;
}

/** ChartMark is a moment worth a line on every lane: a version's first prediction. */
export interface ChartMark {
  time: number;
  label: string;
}

/** ChartSpan is a stretch of time shaded on every lane: an incident. */
export interface ChartSpan {
  from: number;
  to: number;
  label: string;
}

/** ChartUnit says how the values are written. */
export type ChartUnit = "count" | "percent" | "metric" | "milliseconds";

/** ChartFrame is what all lanes of a page share: one time axis, its ticks, the marks, the moments of changes and the shaded spans. */
export interface ChartFrame {
  from: number;
  to: number;
  now: number;
  ticks: number[];
  marks: ChartMark[];
  changes: number[];
  spans: ChartSpan[];
}
