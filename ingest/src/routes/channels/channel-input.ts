import { type Channel, causeSchema, channelSchema } from "@leeway/core/records";
import { nameSchema } from "@leeway/core/wire";
import { z } from "zod";
import { durationInput } from "../../http/duration-input.ts";

const base = { name: z.string().min(1).max(128), enabled: z.boolean().default(true) };

// Where a name leads to is checked when it is called, by the process that calls it; this refuses what can never be right.
const receiverUrl = z
  .url({ protocol: /^https?$/ })
  .max(2_048)
  .refine((text) => URL.canParse(text) && new URL(text).username === "" && new URL(text).password === "", {
    message: "must not hold a user name or password",
  });
/** Made by the server, and shown once, where absent. */
const secret = z.string().min(24).max(256).optional();

/** channelInputSchema is the body of `POST /v1/channels` and `PUT /v1/channels/{id}`. */
export const channelInputSchema = z.discriminatedUnion("kind", [
  z.object({ ...base, kind: z.literal("slack"), slack_channel: z.string().min(1).max(128) }),
  z.object({ ...base, kind: z.literal("email"), to: z.array(z.email()).min(1).max(50) }),
  z.object({ ...base, kind: z.literal("webhook"), url: receiverUrl, secret }),
  z.object({
    ...base,
    kind: z.literal("retrain"),
    url: receiverUrl,
    secret,
    models: z.array(nameSchema).optional(),
    causes: z.array(causeSchema.extract(["input_drift", "concept_drift"])).min(1),
    cool_down: z.union([durationInput, z.literal(0)]).default(0),
  }),
]);

export type ChannelInput = z.output<typeof channelInputSchema>;

/** channelOf returns the channel as stored. A receiver that was given no secret keeps its former one, or gets `newSecret`. */
export function channelOf(
  input: ChannelInput,
  options: { id: string; createdAt: number; former: Channel | undefined; newSecret: string },
): Channel {
  const { former } = options;
  const kept = former !== undefined && "secret" in former ? former.secret : undefined;
  const needsSecret = input.kind === "webhook" || input.kind === "retrain";
  return channelSchema.parse({
    ...input,
    ...(needsSecret ? { secret: input.secret ?? kept ?? options.newSecret } : {}),
    id: options.id,
    created_at: options.createdAt,
  });
}
