import { z } from "zod";
import { notificationSchema } from "../records/index.ts";

/** deliveryAttemptSchema is one attempt to send a notification: what was sent and what was answered, with secrets removed. */
export const deliveryAttemptSchema = z.object({
  notification_id: z.string(),
  channel_id: z.string(),
  incident_id: z.string(),
  transition: notificationSchema.shape.transition,
  /** The how-manieth attempt it was, 1 the first. */
  attempt: z.number().int(),
  /** Real time at which it began, epoch ms. */
  at: z.number(),
  took_ms: z.number(),
  /** `retry`: it failed and is worth another attempt; `refused`: it never will arrive; `withheld`: it is not wanted now. */
  outcome: z.enum(["sent", "retry", "refused", "withheld"]),
  /** Of a retry: the receiver answers, and only this message has to wait. */
  concerns_message: z.boolean(),
  /** Of a retry: how long the receiver asks to wait; 0 where it says nothing. */
  retry_after_ms: z.number(),
  /** What the receiver answered, or why there is no answer. */
  answer: z.string(),
  /** Each request that was sent, in words: where to, then its body. */
  request: z.string(),
});

export type DeliveryAttempt = z.infer<typeof deliveryAttemptSchema>;
