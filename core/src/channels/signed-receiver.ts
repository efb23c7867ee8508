import { z } from "zod";
import { lineSchema } from "../wire/index.ts";

/** receiverUrl is the address of a receiver. Where its name leads to is checked by the process that calls it; this refuses what can never be right. */
export const receiverUrl = z
  .url({ protocol: /^https?$/ })
  .max(2_048)
  .refine((text) => URL.canParse(text) && new URL(text).username === "" && new URL(text).password === "", {
    message: "must not hold a user name or password",
  });

/** STORED_RECEIVER is where signed requests go, and the secret that signs them. */
export const STORED_RECEIVER = { url: z.url().max(2_048), secret: z.string().min(24).max(256) };

/** RECEIVER_FIELDS are what a person says of a receiver. The server makes the secret, and shows it once, where it is absent. */
export const RECEIVER_FIELDS = { url: receiverUrl, secret: lineSchema(256).min(24).optional() };

/** RECEIVER_VIEW is what the API shows of a receiver: of its secret only that there is one. */
export const RECEIVER_VIEW = { url: z.string(), has_secret: z.literal(true) };

/** EXAMPLE_RECEIVER is a valid receiver. */
export const EXAMPLE_RECEIVER = {
  url: "https://receiver.example/",
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
};

/**
 * showReceiver returns a channel with what may be seen of its receiver: the whole address, or only its origin. Many a service takes whoever knows
 * the whole address for its owner.
 */
export function showReceiver(channel: { url: string }, isWhole: boolean): object {
  return { ...channel, url: isWhole ? channel.url : `${new URL(channel.url).origin}/…`, has_secret: true };
}
