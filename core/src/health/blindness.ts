import type { MonitorKind } from "../records/index.ts";

/** UnjudgedReason is why a window that should have a verdict has none that judges it. */
export type UnjudgedReason =
  /** A defect, which stays until somebody mends it. */
  | "failing"
  /** The store is away or overloaded, which mostly passes by itself. */
  | "store_away"
  | "no_reference";

/** UnjudgedChain is one monitor on one version with a due window that was not judged; times are epoch ms. */
export interface UnjudgedChain {
  monitorId: string;
  kind: MonitorKind;
  version: string;
  environment: "production" | "staging" | "shadow";
  windowMs: number;
  /** Event time: start of the first due window that was not judged. */
  since: number;
  reason: UnjudgedReason;
  /** One sentence: what failed, or what is missing. */
  words: string;
  /** Real time of its newest verdict, or from which on it was watched. */
  lastVerdictAt: number;
}

/** Blindness is a model that has not been judged for too long in one environment, by some of its monitors or by all. */
export interface Blindness {
  environment: UnjudgedChain["environment"];
  /** Event time since when. */
  since: number;
  /** What cannot be judged, the longest first. */
  chains: UnjudgedChain[];
}

const HOUR = 3_600_000;
const PATIENT_WINDOWS = 2;
// An automatic reference needs days of traffic, and little traffic needs more of them: until then a version learns.
const LEARNING_WINDOWS = 14;
const LEARNING_MS = 7 * 24 * HOUR;

/**
 * decideBlindness returns, per environment, which monitors have not judged a model for longer than two of their windows and an hour. Event time decides, and for a
 * store that is away real time too: a month of old events that just came is not a month of blindness. A version that waits for its first reference has
 * fourteen windows and a week. O(chains log chains).
 */
export function decideBlindness(
  chains: readonly UnjudgedChain[],
  clock: { asOf: number; now: number },
): Blindness[] {
  const blind = chains.filter((chain) => isBlind(chain, clock)).sort((a, b) => a.since - b.since);
  const environments = [...new Set(blind.map(({ environment }) => environment))];
  return environments.map((environment) => {
    const mine = blind.filter((chain) => chain.environment === environment);
    return { environment, since: mine[0]!.since, chains: mine };
  });
}

function isBlind(chain: UnjudgedChain, { asOf, now }: { asOf: number; now: number }): boolean {
  const patience = Math.max(PATIENT_WINDOWS * chain.windowMs, HOUR);
  const unjudgedMs = asOf - chain.since;
  switch (chain.reason) {
    case "failing":
      return unjudgedMs >= patience;
    case "store_away":
      return unjudgedMs >= patience && now - chain.lastVerdictAt >= patience;
    case "no_reference":
      return unjudgedMs >= Math.max(LEARNING_WINDOWS * chain.windowMs, LEARNING_MS);
    default:
      return chain.reason satisfies never;
  }
}
