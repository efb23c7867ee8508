import { type Channel, causeSchema, channelSchema } from "@leeway/core/records";
import { lineSchema, nameSchema } from "@leeway/core/wire";
import { z } from "zod";
import { durationInput } from "../../http/duration-input.ts";
import { putSchema } from "../../http/put-input.ts";

// Where a name leads to is checked when it is called, by the process that calls it; this refuses what can never be right.
const receiverUrl = z
  .url({ protocol: /^https?$/ })
  .max(2_048)
  .refine((text) => URL.canParse(text) && new URL(text).username === "" && new URL(text).password === "", {
    message: "must not hold a user name or password",
  });

const base = { name: lineSchema(128).min(1), enabled: z.boolean() };
const slack = { slack_channel: lineSchema(128).min(1) };
const email = { to: z.array(z.email()).min(1).max(50) };
/** The secret is made by the server, and shown once, where absent. */
const receiver = { url: receiverUrl, secret: lineSchema(256).min(24).optional() };
const retrain = {
  models: z.array(nameSchema).max(1_000).optional(),
  causes: z.array(causeSchema.extract(["input_drift", "concept_drift"])).min(1),
  cool_down: z.union([durationInput, z.literal(0)]),
};

/** CHANNEL_FIELDS are what a person says of a channel, of any kind. */
export const CHANNEL_FIELDS = {
  ...base,
  kind: z.enum(["slack", "email", "webhook", "retrain"]),
  ...slack,
  ...email,
  ...receiver,
  ...retrain,
};

/** putChannelSchema is the body of `PUT /v1/channels/{id}`. */
export const putChannelSchema = putSchema(CHANNEL_FIELDS, ["id", "created_at", "has_secret"]);

const created = { ...base, enabled: base.enabled.default(true) };

/** channelInputSchema is the body of `POST /v1/channels`. */
export const channelInputSchema = z.discriminatedUnion("kind", [
  z.strictObject({ ...created, kind: z.literal("slack"), ...slack }),
  z.strictObject({ ...created, kind: z.literal("email"), ...email }),
  z.strictObject({ ...created, kind: z.literal("webhook"), ...receiver }),
  z.strictObject({
    ...created,
    kind: z.literal("retrain"),
    ...receiver,
    ...retrain,
    cool_down: retrain.cool_down.default(0),
  }),
]);

export type ChannelInput = z.output<typeof channelInputSchema>;

/** channelOf returns the channel as stored. A receiver that was given no secret gets `newSecret`. */
export function channelOf(
  input: ChannelInput,
  options: { id: string; createdAt: number; newSecret: string },
): Channel {
  const needsSecret = input.kind === "webhook" || input.kind === "retrain";
  return channelSchema.parse({
    ...input,
    ...(needsSecret ? { secret: input.secret ?? options.newSecret } : {}),
    id: options.id,
    created_at: options.createdAt,
  });
}
