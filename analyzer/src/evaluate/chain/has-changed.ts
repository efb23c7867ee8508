import type { Evaluation } from "@leeway/core/evaluation";

/** hasChanged decides whether a new verdict on a window says anything else than the stored one; when it was made does not count. */
export function hasChanged(known: Evaluation, fresh: Evaluation): boolean {
  return (
    known.outcome !== fresh.outcome ||
    known.cause !== fresh.cause ||
    known.reason !== fresh.reason ||
    hasOtherState(known, fresh) ||
    canonical(withoutRevision(known.detail)) !== canonical(withoutRevision(fresh.detail))
  );
}

/** hasOtherState decides whether two verdicts on a window hand different states to the next. */
export function hasOtherState(known: Pick<Evaluation, "state">, fresh: Pick<Evaluation, "state">): boolean {
  return canonical(known.state) !== canonical(fresh.state);
}

// The wire shape of a performance window repeats its own revision, which is what is being decided here.
function withoutRevision({
  revision: _revision,
  ...detail
}: Record<string, unknown>): Record<string, unknown> {
  return detail;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === "number") return rounded(inner);
    return inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner;
  });
}

// Sums that were added up in parallel differ in their last digits from one query to the next.
function rounded(value: number): number {
  return Math.abs(value) < 1e-12 ? 0 : Number(value.toPrecision(9));
}
