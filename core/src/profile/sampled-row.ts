/** SampledRow is one prediction out of a bounded sample of a window or a reference, as it was sent; texts are cut after 1,000 characters. */
export interface SampledRow {
  /** Event time, epoch milliseconds. */
  time: number;
  numbers: Readonly<Record<string, number>>;
  strings: Readonly<Record<string, string>>;
  booleans: Readonly<Record<string, boolean>>;
  /** Names of its embeddings, without their numbers. */
  embedded?: readonly string[];
}
