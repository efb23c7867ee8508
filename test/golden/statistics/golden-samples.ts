import { loadGolden } from "../golden-file.ts";

/** Column is a golden sample; null is a missing value. */
export type Column = (number | null)[];

/** SamplePair is what every two-sample golden case names. */
export type SamplePair = { id: string; reference: string; current: string };

/** goldenSamples returns the named samples that the two-sample files refer to. */
export function goldenSamples(): Record<string, Column> {
  const { samples } = loadGolden<{ samples: Record<string, { values: Column }> }>("samples");
  return Object.fromEntries(Object.entries(samples).map(([name, { values }]) => [name, values]));
}
