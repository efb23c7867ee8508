import type { DeliveryResult } from "../retry/delivery-result.ts";

/** Circuit is what is known of a receiver: how often in a row it did not answer, and until when it is left alone. */
export interface Circuit {
  failures: number;
  openUntil: number;
}

/** CLOSED_CIRCUIT is a receiver that answers. */
export const CLOSED_CIRCUIT: Circuit = { failures: 0, openUntil: 0 };

const FAILURES_TO_OPEN = 3;
const LONGEST_PAUSE_MS = 5 * 60_000;

/**
 * stepCircuit returns the circuit after one attempt. From the third failure in a row on, the receiver is left alone for `pauseMs`, doubled with each further failure up to five
 * minutes; one that asks to wait is left alone as long as it asks. A refusal is an answer. So is a failure that concerns one message only. O(1).
 *
 * @example stepCircuit({ failures: 2, openUntil: 0 }, { outcome: "retry", reason: "no answer" }, 1_000, 5_000); // { failures: 3, openUntil: 6_000 }
 */
export function stepCircuit(circuit: Circuit, result: DeliveryResult, now: number, pauseMs: number): Circuit {
  if (result.outcome !== "retry" || result.concerns === "message") return CLOSED_CIRCUIT;
  const failures = circuit.failures + 1;
  const doublings = Math.min(failures - FAILURES_TO_OPEN, 16);
  const pause = doublings < 0 ? 0 : pauseMs * 2 ** doublings;
  const asked = result.retryAfterMs ?? 0;
  return { failures, openUntil: now + Math.min(Math.max(pause, asked), LONGEST_PAUSE_MS) };
}
