/** Receipt is what a receiver answered that later messages need; parts of it may be known before a delivery is done. */
export type Receipt = Record<string, string>;

/** DeliveryResult is what became of one attempt to tell a receiver: done, worth another attempt, never going to work, or not wanted now. */
export type DeliveryResult =
  | { outcome: "sent"; receipt: Receipt }
  | {
      outcome: "retry";
      reason: string;
      retryAfterMs?: number;
      receipt?: Receipt;
      /** Says that the receiver answers, and only this message has to wait. */
      concerns?: "message";
    }
  | {
      outcome: "refused";
      reason: string;
      receipt?: Receipt;
      /** The receiver says that it is gone for good: its channel is switched off. */
      isGone?: true;
    }
  | { outcome: "withheld"; reason: string };

/** DeliverySymptom is how a receiver failed, in the receiver's own terms; `decideRetry` is the one table that says what follows. */
export type DeliverySymptom =
  | { kind: "http"; status: number; answer?: string; retryAfterSeconds?: number }
  | { kind: "slack"; error: string }
  | { kind: "smtp"; code: number; response: string }
  | { kind: "network"; code: string }
  | { kind: "timeout"; afterMs: number }
  | { kind: "target"; reason: string }
  | { kind: "setting"; name: string };
