import { toEmail } from "@leeway/core/channels/email";
import type { DeliveryShell } from "../delivery-shell.ts";
import { messageOf } from "../message-of.ts";
import type { Transport } from "../transport.ts";
import { createEmailTransport } from "./email-transport.ts";

/** configureEmail returns the mail transport as the analyzer's settings have it. */
export function configureEmail({ config }: DeliveryShell): Transport<"email"> {
  return createEmailTransport({
    settings: {
      ...(config.SMTP_URL === undefined ? {} : { smtpUrl: config.SMTP_URL }),
      from: config.LEEWAY_MAIL_FROM,
    },
    render: (delivery) => {
      const { incident, context } = messageOf(delivery, config.LEEWAY_PUBLIC_URL);
      return toEmail(incident, context);
    },
  });
}
