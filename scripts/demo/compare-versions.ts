import type { ApiClient } from "./api-client.ts";

/** The part of `GET …/comparison` the demo tells of. */
export interface Comparison {
  verdict: "better" | "worse" | "cannot_tell";
  sentence: string;
  metrics: Record<
    string,
    {
      a: number | null;
      b: number | null;
      difference: number | null;
      ci_low: number | null;
      ci_high: number | null;
    }
  >;
  labels: number;
}

/** compareVersions asks Leeway how version `b` did against version `a` on the labels both share. */
export function compareVersions(
  api: ApiClient,
  model: string,
  range: { a: string; b: string; from: number; to: number },
): Promise<Comparison> {
  const query = new URLSearchParams({
    a: range.a,
    b: range.b,
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
  });
  return api.get(`/v1/models/${encodeURIComponent(model)}/comparison?${query}`);
}

/** describeComparison returns the comparison as lines: one per metric, with its interval. */
export function describeComparison(comparison: Comparison): string[] {
  const number = (value: number | null) => (value === null ? "–" : value.toFixed(4));
  return [
    comparison.sentence,
    ...Object.entries(comparison.metrics).map(
      ([name, { a, b, difference, ci_low, ci_high }]) =>
        `${name.padEnd(18)} ${number(a)} → ${number(b)}   difference ${number(difference)} [${number(ci_low)}, ${number(ci_high)}]`,
    ),
  ];
}
