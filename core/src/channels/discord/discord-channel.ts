import { z } from "zod";
import { CREATED_BASE, STORED_BASE, VIEW_BASE } from "../channel-base.ts";
import { defineChannelKind } from "../channel-definition.ts";
import {
  SECRET_ADDRESS_FIELDS,
  SECRET_ADDRESS_VIEW,
  STORED_SECRET_ADDRESS,
  showSecretAddress,
} from "../secret-address.ts";

const kind = z.literal("discord");

/** discordChannel is a webhook of a Discord channel. */
export const discordChannel = defineChannelKind({
  kind: "discord",
  label: "Discord",
  schema: z.object({ ...STORED_BASE, kind, ...STORED_SECRET_ADDRESS }),
  fields: SECRET_ADDRESS_FIELDS,
  inputSchema: z.strictObject({ ...CREATED_BASE, kind, ...SECRET_ADDRESS_FIELDS }),
  viewSchema: z.object({ ...VIEW_BASE, kind, ...SECRET_ADDRESS_VIEW }),
  secrets: ["url"],
  isSigned: false,
  audience: "people",
  example: { url: "https://discord.example/api/webhooks/1/token" },
  show: showSecretAddress,
  concerns: () => true,
});
