import type { DeliveryAttempt } from "./delivery-attempt.ts";

/** Circuit is what is known of a receiver: how often in a row it did not answer, and until when it is left alone. */
export interface Circuit {
  failures: number;
  openUntil: number;
}

/** AttemptResult is what a circuit needs to know of an attempt. */
export interface AttemptResult {
  outcome: DeliveryAttempt["outcome"];
  retryAfterMs?: number;
  /** Says that the receiver answers, and only this message has to wait. */
  concerns?: "message";
}

/** CLOSED_CIRCUIT is a receiver that answers. */
export const CLOSED_CIRCUIT: Circuit = { failures: 0, openUntil: 0 };

const FAILURES_TO_OPEN = 3;
const LONGEST_PAUSE_MS = 5 * 60_000;
const FIRST_PAUSE_MS = 5_000;

/**
 * stepCircuit returns the circuit after one attempt. From the third failure in a row on, the receiver is left alone for `pauseMs`, doubled with each further failure up to five
 * minutes; one that asks to wait is left alone as long as it asks. A refusal is an answer. So is a failure that concerns one message only. O(1).
 *
 * @example stepCircuit({ failures: 2, openUntil: 0 }, { outcome: "retry" }, 1_000, 5_000); // { failures: 3, openUntil: 6_000 }
 */
export function stepCircuit(circuit: Circuit, result: AttemptResult, now: number, pauseMs: number): Circuit {
  if (result.outcome !== "retry" || result.concerns === "message") return CLOSED_CIRCUIT;
  const failures = circuit.failures + 1;
  const doublings = Math.min(failures - FAILURES_TO_OPEN, 16);
  const pause = doublings < 0 ? 0 : pauseMs * 2 ** doublings;
  const asked = result.retryAfterMs ?? 0;
  return { failures, openUntil: now + Math.min(Math.max(pause, asked), LONGEST_PAUSE_MS) };
}

/** circuitAfter returns the circuit that logged attempts leave, oldest first: what another process knows of a receiver. O(attempts). */
export function circuitAfter(attempts: readonly DeliveryAttempt[]): Circuit {
  return attempts.reduce(
    (circuit, { outcome, at, took_ms, retry_after_ms, concerns_message }) =>
      stepCircuit(
        circuit,
        {
          outcome,
          retryAfterMs: retry_after_ms,
          ...(concerns_message ? { concerns: "message" as const } : {}),
        },
        at + took_ms,
        FIRST_PAUSE_MS,
      ),
    CLOSED_CIRCUIT,
  );
}
