import { formatShare } from "../messages/index.ts";

/** SourceShare is how far one source of the traffic (a replica, an upstream tag value) has drifted by itself. */
export interface SourceShare {
  /** "replica=b-2", "tag region=eu". */
  source: string;
  rows: number;
  psi: number;
  threshold: number;
}

/**
 * oneSourceOnly decides whether the drift comes from a minority of the sources while the others are unchanged: a deployment or an upstream
 * feed broke there. Undefined where fewer than two sources hold 30 rows, or where most have drifted. O(sources).
 */
export function oneSourceOnly(
  sources: readonly SourceShare[],
): { pipelineConfidence: number; sentence: string } | undefined {
  const judged = sources.filter((source) => source.rows >= 30);
  const drifted = judged.filter((source) => source.psi > source.threshold);
  if (judged.length < 2 || drifted.length === 0 || drifted.length > judged.length / 2) return undefined;
  const rows = judged.reduce((sum, source) => sum + source.rows, 0);
  const driftedRows = drifted.reduce((sum, source) => sum + source.rows, 0);
  const names = drifted.map((source) => source.source).join(", ");
  return {
    pipelineConfidence: 0.85,
    sentence: `only ${names} (${formatShare(driftedRows / rows)} of the rows) has drifted, the other ${judged.length - drifted.length} sources have not`,
  };
}
