import type { KindCounts } from "../delivery/batch-source.ts";
import type { DeliveryEvents } from "../delivery/delivery.ts";
import { EVENT_KINDS, type EventKind } from "../events/types.ts";
import type { ProblemReporter } from "./problem.ts";
import type { EventCounts } from "./stats.ts";

/** DeliveryLedger keeps account of what became of every event. */
export interface DeliveryLedger {
  readonly events: DeliveryEvents;
  drop(kind: EventKind, count: number, reason: string): void;
  /** recover counts events that an earlier process left on disk. */
  recover(events: KindCounts): void;
  /** dropUnsettled counts what is open and not kept on disk as dropped: the client is closing. */
  dropUnsettled(kept: KindCounts): void;
  batchesAccepted(): number;
  retries(): number;
  lastProblem(): string | null;
}

/** createDeliveryLedger returns a ledger that writes into the counts and reports problems. */
export function createDeliveryLedger(
  counts: Record<EventKind, EventCounts>,
  report: ProblemReporter,
): DeliveryLedger {
  let batchesAccepted = 0;
  let retries = 0;
  let lastProblem: string | null = null;

  const note: ProblemReporter = (kind, message, count) => {
    lastProblem = `${kind}: ${message}`;
    report(kind, message, count);
  };

  function openOf(kind: EventKind): number {
    const { recorded, recovered, accepted, duplicate, rejected, failed, dropped, sampledOut, invalid } =
      counts[kind];
    return recorded + recovered - accepted - duplicate - rejected - failed - dropped - sampledOut - invalid;
  }

  function drop(kind: EventKind, count: number, reason: string): void {
    counts[kind].dropped += count;
    note("dropped", `${kind}: ${reason}`, count);
  }

  return {
    events: {
      accepted(batch, accepted, duplicate, rejected) {
        const count = counts[batch.kind];
        batchesAccepted++;
        count.accepted += accepted;
        count.duplicate += duplicate;
        count.rejected += rejected.length;
        const first = rejected[0];
        if (first !== undefined) {
          note("rejected", `${batch.kind}: ${first.code}: ${first.message}`, rejected.length);
        }
      },
      discarded(batch, kind, reason) {
        counts[batch.kind].failed += batch.count;
        note(kind, reason, batch.count);
      },
      failed(reason) {
        note("internal", reason, 0);
      },
      retrying(batch, kind, reason) {
        retries++;
        note(kind, reason, batch.count);
      },
    },
    drop,
    recover(events) {
      for (const kind of EVENT_KINDS) counts[kind].recovered += events[kind];
    },
    dropUnsettled(kept) {
      for (const kind of EVENT_KINDS) {
        const open = openOf(kind) - kept[kind];
        if (open > 0) drop(kind, open, "the client closed before the server had answered");
      }
    },
    batchesAccepted: () => batchesAccepted,
    retries: () => retries,
    lastProblem: () => lastProblem,
  };
}
