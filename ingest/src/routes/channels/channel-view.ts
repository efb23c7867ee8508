import type { Channel } from "@leeway/core/records";
import { z } from "zod";
import type { Principal } from "../../auth/principal.ts";

const base = {
  id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  created_at: z.number(),
};

/** channelViewSchema is a channel as the API shows it: everything but its secret, of which it only says that there is one. */
export const channelViewSchema = z.discriminatedUnion("kind", [
  z.object({ ...base, kind: z.literal("slack"), slack_channel: z.string() }),
  z.object({ ...base, kind: z.literal("email"), to: z.array(z.string()) }),
  z.object({ ...base, kind: z.literal("webhook"), url: z.string(), has_secret: z.literal(true) }),
  z.object({
    ...base,
    kind: z.literal("retrain"),
    url: z.string(),
    has_secret: z.literal(true),
    models: z.array(z.string()).optional(),
    causes: z.array(z.string()),
    cool_down: z.number(),
  }),
]);

export type ChannelView = z.infer<typeof channelViewSchema>;

/**
 * channelView returns what of a channel `reader` may see: an allow-list, so that a field added later is hidden until it is listed. Of a receiver's
 * address only administrators see more than its origin: many a service takes whoever knows the whole address for its owner.
 */
export function channelView(channel: Channel, reader: Pick<Principal, "scopes">): ChannelView {
  switch (channel.kind) {
    case "slack":
    case "email":
      return channelViewSchema.parse(channel);
    case "webhook":
    case "retrain": {
      const isWhole = reader.scopes.includes("admin");
      const url = isWhole ? channel.url : `${new URL(channel.url).origin}/…`;
      return channelViewSchema.parse({ ...channel, url, has_secret: true });
    }
    default:
      return channel satisfies never;
  }
}
