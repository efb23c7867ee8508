import { secretAddressKind } from "../secret-address.ts";

/** discordChannel is a webhook of a Discord channel. */
export const discordChannel = secretAddressKind({
  kind: "discord",
  label: "Discord",
  example: { url: "https://discord.example/api/webhooks/1/token" },
});
