import { z } from "zod";

const base = {
  id: z.string(),
  name: z.string().min(1).max(128),
  enabled: z.boolean(),
  created_at: z.number(),
};

/** channelSchema is where people and machines are told of incidents. Secrets live here and leave only towards their receiver. */
export const channelSchema = z.discriminatedUnion("kind", [
  z.object({ ...base, kind: z.literal("slack"), slack_channel: z.string().min(1).max(128) }),
  z.object({ ...base, kind: z.literal("email"), to: z.array(z.email()).min(1).max(50) }),
  z.object({
    ...base,
    kind: z.literal("webhook"),
    url: z.url().max(2_048),
    secret: z.string().min(24).max(256),
  }),
  z.object({
    ...base,
    kind: z.literal("retrain"),
    url: z.url().max(2_048),
    secret: z.string().min(24).max(256),
    /** Models this trigger is for; absent: all. */
    models: z.array(z.string()).optional(),
    /** Causes that start a retraining. */
    causes: z.array(z.enum(["input_drift", "concept_drift"])).min(1),
    /** No second retraining of a model sooner than this, milliseconds of event time. */
    cool_down: z.number().int().min(0),
  }),
]);

export type Channel = z.infer<typeof channelSchema>;
export type ChannelKind = Channel["kind"];
