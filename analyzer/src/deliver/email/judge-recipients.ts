import { decideRetry } from "../retry/decide-retry.ts";
import type { DeliveryResult, Receipt } from "../retry/delivery-result.ts";

/** RecipientAnswers is what a mail server said of each recipient of one mail. */
export interface RecipientAnswers {
  messageId: string;
  accepted: readonly string[];
  refusals: readonly { recipient: string; code: number; response: string }[];
}

/** missingRecipients returns those of `to` who have not got the mail by what earlier attempts left in the receipt. O(recipients). */
export function missingRecipients(to: readonly string[], receipt: Receipt | undefined): string[] {
  const delivered = new Set(deliveredTo(receipt));
  return to.filter((recipient) => !delivered.has(recipient));
}

/**
 * judgeRecipients returns what became of a mail: sent once everybody has it, to be tried again for those the server puts off, refused where it never will take the rest. The receipt
 * keeps who has it, so that a further attempt, or a resend, goes to the others only. O(recipients).
 */
export function judgeRecipients(
  to: readonly string[],
  receipt: Receipt | undefined,
  { messageId, accepted, refusals }: RecipientAnswers,
): DeliveryResult {
  const got = new Set([...deliveredTo(receipt), ...accepted]);
  const known: Receipt = {
    message_id: messageId,
    delivered: to.filter((recipient) => got.has(recipient)).join(" "),
  };
  if (refusals.length === 0) return { outcome: "sent", receipt: known };
  const failures = refusals.map((refusal) => ({ ...refusal, ...decideRetry({ kind: "smtp", ...refusal }) }));
  const reason = failures.map((failure) => `${failure.recipient}: ${failure.reason}`).join("; ");
  return failures.some(({ outcome }) => outcome === "retry")
    ? { outcome: "retry", reason, receipt: known, concerns: "message" }
    : { outcome: "refused", reason, receipt: known };
}

function deliveredTo(receipt: Receipt | undefined): string[] {
  return (receipt?.["delivered"] ?? "").split(" ").filter((recipient) => recipient !== "");
}
