import { z } from "zod";
import { type Channel, channelSchema } from "./channel.ts";
import { INPUT_BASE } from "./channel-base.ts";
import { CHANNEL_KINDS, type ChannelKind } from "./channel-kinds.ts";
import { unionOfKinds } from "./union-of-kinds.ts";

/** CHANNEL_FIELDS are what a person says of a channel, of any kind. */
export const CHANNEL_FIELDS = {
  ...INPUT_BASE,
  kind: z.enum(Object.keys(CHANNEL_KINDS) as ChannelKind[]),
  ...fieldsOfKinds(),
};

/** channelInputSchema is the body of `POST /v1/channels`. */
export const channelInputSchema = unionOfKinds("inputSchema");

export type ChannelInput = z.output<typeof channelInputSchema>;

/** channelOf returns the channel as stored. A signed receiver that was given no secret gets `newSecret`. */
export function channelOf(
  input: ChannelInput,
  options: { id: string; createdAt: number; newSecret: string },
): Channel {
  const secret = ("secret" in input ? input.secret : undefined) ?? options.newSecret;
  return channelSchema.parse({
    ...input,
    ...(CHANNEL_KINDS[input.kind].isSigned ? { secret } : {}),
    id: options.id,
    created_at: options.createdAt,
  });
}

/** fieldsOfKinds returns every kind's fields; a name that kinds use differently accepts what any of them accepts. */
function fieldsOfKinds(): Record<string, z.ZodType> {
  const schemas = new Map<string, Set<z.ZodType>>();
  for (const { fields } of Object.values(CHANNEL_KINDS)) {
    for (const [name, schema] of Object.entries(fields)) {
      schemas.set(name, (schemas.get(name) ?? new Set()).add(schema));
    }
  }
  return Object.fromEntries(
    [...schemas].map(([name, set]) => {
      const [first, ...others] = set;
      return [name, first === undefined || others.length > 0 ? z.union([...set]) : first];
    }),
  );
}
