import type { CircuitState } from "../delivery/circuit.ts";
import { EVENT_KINDS, type EventKind } from "../events/types.ts";

/**
 * EventCounts say what became of the events of one kind: recorded + recovered = all the others together, once nothing is
 * buffered or spooled.
 */
export interface EventCounts {
  /** recorded counts the calls, bad ones included. */
  recorded: number;
  /** recovered events were found in the spool of an earlier process. */
  recovered: number;
  accepted: number;
  duplicate: number;
  /** rejected by the server, one by one. */
  rejected: number;
  /** failed with their whole batch, which the server refused for good. */
  failed: number;
  /** dropped because a buffer was full or the client closed. */
  dropped: number;
  /** sampledOut left out on purpose; the others carry their weight. */
  sampledOut: number;
  /** invalid arguments that can't be sent. */
  invalid: number;
}

/** LeewayStats is a snapshot of a client's counters since it was made. */
export interface LeewayStats {
  readonly predictions: Readonly<EventCounts>;
  readonly labels: Readonly<EventCounts>;
  readonly samples: Readonly<EventCounts>;
  /** buffered counts the events in memory only, of all kinds, that are not settled yet. */
  readonly buffered: number;
  readonly batchesAccepted: number;
  readonly retries: number;
  readonly circuit: CircuitState;
  readonly lastProblem: string | null;
  /** spool is null without `spoolDir`. */
  readonly spool: SpoolStats | null;
}

/** SpoolStats describe the disk spool. */
export interface SpoolStats {
  readonly bytes: number;
  /** events on disk that the server has not answered for. */
  readonly events: number;
  /** damagedRecords counts records that could not be read back and were skipped. */
  readonly damagedRecords: number;
}

/** createCounts returns zeroes for each kind of event. */
export function createCounts(): Record<EventKind, EventCounts> {
  const zero = (): EventCounts => ({
    recorded: 0,
    recovered: 0,
    accepted: 0,
    duplicate: 0,
    rejected: 0,
    failed: 0,
    dropped: 0,
    sampledOut: 0,
    invalid: 0,
  });
  return Object.fromEntries(EVENT_KINDS.map((kind) => [kind, zero()])) as Record<EventKind, EventCounts>;
}
