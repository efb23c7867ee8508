/** DeliveryResult is what became of one attempt to tell a receiver: done, worth another attempt, never going to work, or not wanted now. */
export type DeliveryResult =
  | { outcome: "sent"; receipt: Record<string, string> }
  | { outcome: "retry"; reason: string; retryAfterMs?: number }
  | { outcome: "refused"; reason: string }
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
