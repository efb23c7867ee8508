import { z } from "zod";

/** rejectionSchema names one event of a batch that was not stored, and why. */
export const rejectionSchema = z.object({ index: z.number().int(), code: z.string(), message: z.string() });

/** batchAnswerSchema is the answer to a batch of events, sent only once the accepted ones are durable. */
export const batchAnswerSchema = z.object({
  accepted: z.number().int(),
  duplicate: z.number().int(),
  rejected: z.array(rejectionSchema),
});

export type Rejection = z.infer<typeof rejectionSchema>;
export type BatchAnswer = z.infer<typeof batchAnswerSchema>;
