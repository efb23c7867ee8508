import { z } from "zod";

/** notJudgedSchema is one thing that a drift monitor watches and could not judge in a window, with the reason: it is never taken for healthy. */
export const notJudgedSchema = z.object({
  kind: z.enum(["feature", "joint", "text", "embedding"]),
  /** Absent of joint drift, which is of all features. */
  feature: z.string().optional(),
  outcome: z.literal("not_defined"),
  reason: z.string(),
});

export type NotJudged = z.infer<typeof notJudgedSchema>;
