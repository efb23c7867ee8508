import { formatShare } from "../words/index.ts";

/** SourceShare is how far one source of the traffic (a replica, a region, an upstream feed: one value of a tag) has drifted by itself. */
export interface SourceShare {
  tag: string;
  value: string;
  rows: number;
  psi: number;
  threshold: number;
  isDrifted: boolean;
}

const MINIMUM_ROWS = 30;
// The sources that are distinguished from the broken one must have moved far less than it did, or all of them are on their way.
const FAR_LESS = 0.5;
// Tags that name a piece of machinery: nothing in the world has a reason to change at one replica only.
const MACHINERY = /replica|host|pod|node|instance|server|worker|shard|zone|upstream|source|feed|build|image/i;

/**
 * oneSourceOnly decides whether the drift comes from a minority of the values of one tag while its other values are unchanged: a deployment
 * or an upstream feed broke there. The tag that points at the smallest share of the rows is named. Undefined where no tag has two values
 * with 30 rows, or where half of them or more have drifted. O(sources).
 */
export function oneSourceOnly(
  sources: readonly SourceShare[],
): { pipelineConfidence: number; sentence: string } | undefined {
  const judged = sources.filter((source) => source.rows >= MINIMUM_ROWS);
  const found = [...new Set(judged.map((source) => source.tag))].flatMap(
    (tag) => readTag(judged.filter((source) => source.tag === tag)) ?? [],
  );
  return found.sort((a, b) => a.share - b.share)[0];
}

function readTag(values: readonly SourceShare[]) {
  const drifted = values.filter((source) => source.isDrifted);
  const others = values.filter((source) => !source.isDrifted);
  if (drifted.length === 0 || others.length === 0) return undefined;
  if (drifted.length > 1 && drifted.length >= others.length) return undefined;
  const smallest = Math.min(...drifted.map((source) => source.psi));
  if (others.some((source) => source.psi > FAR_LESS * smallest)) return undefined;
  const rows = values.reduce((sum, source) => sum + source.rows, 0);
  const share = drifted.reduce((sum, source) => sum + source.rows, 0) / rows;
  const tag = drifted[0]!.tag;
  const names = drifted.map((source) => `${source.tag}=${source.value}`).join(", ");
  const rest =
    others.length === 1 ? `${others[0]!.tag}=${others[0]!.value} has` : `the other ${others.length} have`;
  return {
    share,
    pipelineConfidence: MACHINERY.test(tag) ? 0.9 : 0.75,
    sentence: `only ${names} (${formatShare(share)} of the rows) ${drifted.length === 1 ? "has" : "have"} drifted, ${rest} not`,
  };
}
