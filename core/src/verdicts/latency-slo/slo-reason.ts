import type { Outcome } from "../../evaluation/index.ts";
import type { CountedEvents } from "../../slo/index.ts";
import { formatNumber, formatShare } from "../../words/index.ts";

/** SloFacts is what the sentences of a latency objective's verdict are made of. */
export interface SloFacts {
  outcome: Outcome;
  goal: string;
  left: string;
  /** What the firing rule says; absent where none fires. */
  firing: string | undefined;
  /** What the first rule says. */
  calm: string | undefined;
  /** The requests of the firing rule's long window, else of the whole period. */
  bad: CountedEvents;
  timedShare: number | null;
  /** The other version that spends most of the budget, where this one does not. */
  otherSpender: { name: string; share: number } | undefined;
}

/** sloReason returns a latency objective's verdict in words: whether requests fail or are slow, how fast the budget burns, and what is left. */
export function sloReason(facts: SloFacts): string {
  const { outcome, goal, left, firing, calm, otherSpender } = facts;
  if (outcome === "no_data") return withoutData(facts);
  if (firing === undefined) return sentences(`Objective ${goal}: ${calm ?? "no rule applies"}`, left);
  const which = `${badWords(facts.bad)}: ${firing}`;
  if (otherSpender !== undefined) {
    const share = `version ${otherSpender.name} has ${formatShare(otherSpender.share)} of the bad requests`;
    return sentences(`The objective ${goal} is missed, but not by this version: ${share}`, firing, left);
  }
  return sentences(which, `Objective ${goal}`, left);
}

function withoutData({ goal, timedShare }: SloFacts): string {
  if (timedShare === null) return `Objective ${goal}: no requests in its period.`;
  return `Objective ${goal}: only ${formatShare(timedShare)} of the requests carry a latency. Send latency_ms with each prediction.`;
}

// Errors and slowness are named apart: whoever is woken looks in different places.
function badWords({ good, total, failed }: CountedEvents): string {
  const bad = total - good;
  const slow = bad - failed;
  if (failed >= 0.9 * bad) return "Requests fail";
  if (slow >= 0.9 * bad) return "Slow answers";
  return `Requests fail (${formatNumber(failed)}) and are slow (${formatNumber(slow)})`;
}

function sentences(...parts: string[]): string {
  return parts
    .filter((part) => part !== "")
    .map((part) => (part.endsWith(".") ? part : `${part}.`))
    .map((part) => part[0]!.toUpperCase() + part.slice(1))
    .join(" ");
}
