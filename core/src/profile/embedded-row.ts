/** EmbeddedRow is the embeddings of one prediction out of a bounded sample, by name. */
export interface EmbeddedRow {
  /** Event time, epoch milliseconds. */
  time: number;
  embeddings: Readonly<Record<string, number[]>>;
}
