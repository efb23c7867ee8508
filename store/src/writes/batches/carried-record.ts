import { type BatchAnswer, batchAnswerSchema } from "@leeway/core/wire";
import { z } from "zod";
import type { BatchRecord } from "./batch-block.ts";

const carriedSchema = z.object({ content_hash: z.string(), answer: batchAnswerSchema });

/** carriedRecord is the form in which a batch's record rides on a row of `predictions`, beside its id. */
export function carriedRecord({ contentHash, answer }: BatchRecord): string {
  return JSON.stringify({ content_hash: contentHash, answer } satisfies z.input<typeof carriedSchema>);
}

/** readCarriedRecord reads it again; it throws a ZodError or SyntaxError where `text` is none. */
export function readCarriedRecord(text: string): { contentHash: string; answer: BatchAnswer } {
  const { content_hash: contentHash, answer } = carriedSchema.parse(JSON.parse(text));
  return { contentHash, answer };
}
