import { z } from "zod";
import { CREATED_BASE, STORED_BASE, VIEW_BASE } from "./channel-base.ts";
import { defineChannelKind } from "./channel-definition.ts";
import { receiverUrl, showReceiver } from "./signed-receiver.ts";

/** secretAddressKind returns a kind of channel of which all there is to say is an address that is a secret itself: whoever knows it may post, so only its origin is shown. */
export function secretAddressKind<Kind extends string>(settings: {
  kind: Kind;
  label: string;
  example: { url: string };
}) {
  const kind = z.literal(settings.kind);
  const fields = { url: receiverUrl };
  return defineChannelKind({
    ...settings,
    schema: z.object({ ...STORED_BASE, kind, url: z.url().max(2_048) }),
    fields,
    inputSchema: z.strictObject({ ...CREATED_BASE, kind, ...fields }),
    viewSchema: z.object({ ...VIEW_BASE, kind, url: z.string(), has_secret: z.literal(true) }),
    secrets: ["url"],
    isSigned: false,
    audience: "people",
    show: (channel) => showReceiver(channel, false),
    concerns: () => true,
  });
}
