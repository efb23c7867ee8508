import { z } from "zod";
import { receiverUrl, showReceiver } from "./signed-receiver.ts";

/** STORED_SECRET_ADDRESS is an address that is a secret itself: whoever knows it may post. */
export const STORED_SECRET_ADDRESS = { url: z.url().max(2_048) };

/** SECRET_ADDRESS_FIELDS are what a person says of such an address. */
export const SECRET_ADDRESS_FIELDS = { url: receiverUrl };

/** SECRET_ADDRESS_VIEW is what the API shows of it. */
export const SECRET_ADDRESS_VIEW = { url: z.string(), has_secret: z.literal(true) };

/** showSecretAddress returns a channel with the origin of its address only, whoever asks. */
export function showSecretAddress(channel: { url: string }): object {
  return showReceiver(channel, false);
}
