import type { Reference } from "@leeway/core/records";

/** ReferenceChoice says what a version is held against, or what is missing still. */
export type ReferenceChoice =
  | { outcome: "chosen"; reference: Reference; isOwn: boolean }
  | { outcome: "take_first_days"; from: number; to: number }
  | { outcome: "wait"; reason: string };

const DAY = 86_400_000;
const FIRST_DAYS = 3;
const ENOUGH_ROWS = 2_000;

/**
 * chooseReference decides what `version` is held against: the newest reference sent or pinned for it, else the newest sent for another version
 * of the model (the inputs are the same population), else its own first days once there are at least three days or 2,000 predictions of them.
 */
export function chooseReference(input: {
  version: string;
  references: readonly Reference[];
  traffic: { count: number; first: number; last: number };
  asOf: number;
}): ReferenceChoice {
  const { version, references, traffic } = input;
  const newestFirst = [...references].sort((a, b) => b.created_at - a.created_at);
  const own = newestFirst.filter((reference) => reference.version === version);
  const given = (reference: Reference) => reference.source !== "automatic";
  const mine = own.find(given);
  if (mine !== undefined) return { outcome: "chosen", reference: mine, isOwn: true };
  const other = newestFirst.find(given);
  if (other !== undefined) return { outcome: "chosen", reference: other, isOwn: false };
  // The first automatic reference stays: one that moved with the traffic would forgive every slow drift.
  const automatic = own.at(-1);
  if (automatic !== undefined) return { outcome: "chosen", reference: automatic, isOwn: true };
  const from = Math.floor(traffic.first / DAY) * DAY;
  const days = Math.floor((input.asOf - from) / DAY);
  if (days >= FIRST_DAYS)
    return { outcome: "take_first_days", from: traffic.first, to: from + FIRST_DAYS * DAY };
  if (traffic.count >= ENOUGH_ROWS && days >= 1) {
    return { outcome: "take_first_days", from: traffic.first, to: from + days * DAY };
  }
  return {
    outcome: "wait",
    reason: `no reference yet: the first ${FIRST_DAYS} days or ${ENOUGH_ROWS} predictions of version ${version} become one (${traffic.count} so far)`,
  };
}
