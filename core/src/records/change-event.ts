import { z } from "zod";
import {
  environmentSchema,
  identifierSchema,
  lineSchema,
  nameSchema,
  paragraphsSchema,
  timestampSchema,
} from "../wire/index.ts";

/** changeKindSchema says what changed: what is served, how it is set up, where its data come from, or something worth a note. */
export const changeKindSchema = z.enum(["deploy", "config", "data", "note"]);

const MOST_ATTRIBUTES = 32;

/** changeEventInputSchema is one change as a person or a job reports it. Without a model it concerns every model; without a time it happens now. */
export const changeEventInputSchema = z
  .strictObject({
    /** The same id twice is one event; absent: made from what the event says. */
    id: identifierSchema.optional(),
    timestamp: timestampSchema.optional(),
    kind: changeKindSchema,
    title: lineSchema(256).trim().min(1),
    model: nameSchema.optional(),
    version: nameSchema.optional(),
    environment: environmentSchema.optional(),
    git_sha: lineSchema(64).optional(),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_048)
      .optional(),
    /** Who says so, such as `github-actions`; absent: the key that sent it. */
    source: nameSchema.optional(),
    attributes: z
      .record(nameSchema, paragraphsSchema(1_024))
      .refine((all) => Object.keys(all).length <= MOST_ATTRIBUTES, `at most ${MOST_ATTRIBUTES} attributes`)
      .optional(),
  })
  .refine(({ model, version }) => version === undefined || model !== undefined, {
    path: ["version"],
    message: "needs its model, too",
  });

/** changeEventSchema is one change as it is stored and answered. */
export const changeEventSchema = z.object({
  id: z.string(),
  /** When it happened, epoch ms. */
  timestamp: z.number(),
  kind: changeKindSchema,
  title: z.string(),
  model: z.string().optional(),
  version: z.string().optional(),
  environment: environmentSchema.optional(),
  git_sha: z.string().optional(),
  url: z.string().optional(),
  /** Who says so; `leeway` where the product saw it by itself. */
  source: z.string(),
  attributes: z.record(z.string(), z.string()),
});

export type ChangeKind = z.infer<typeof changeKindSchema>;
export type ChangeEventInput = z.output<typeof changeEventInputSchema>;
export type ChangeEvent = z.infer<typeof changeEventSchema>;
