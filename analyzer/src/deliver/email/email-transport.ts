import type { ChannelOf } from "@leeway/core/channels";
import { createTransport } from "nodemailer";
import { decideRetry } from "../retry/decide-retry.ts";
import type { Delivery, Transport } from "../transport.ts";
import { emailSymptom } from "./email-symptom.ts";
import { messageId } from "./message-id.ts";

/** EmailContent is a rendered mail. */
export interface EmailContent {
  subject: string;
  text: string;
  html: string;
}

/** EmailSettings are what the operator has set; without a server every delivery is refused with that reason. */
export interface EmailSettings {
  smtpUrl?: string;
  from: string;
  timeoutMs?: number;
}

/**
 * createEmailTransport returns the transport that sends mail by SMTP. Message-IDs come from the notification's id; every mail of an incident
 * refers to the incident's own id, so that mail readers show one thread.
 */
export function createEmailTransport(deps: {
  settings: EmailSettings;
  render: (delivery: Delivery<ChannelOf<"email">>) => EmailContent;
}): Transport<"email"> {
  const { smtpUrl, from, timeoutMs = 15_000 } = deps.settings;
  const mailer =
    smtpUrl === undefined
      ? undefined
      : createTransport({
          url: smtpUrl,
          connectionTimeout: timeoutMs,
          greetingTimeout: timeoutMs,
          socketTimeout: timeoutMs,
          // Content is rendered here; a message may never pull in a file or an address.
          disableFileAccess: true,
          disableUrlAccess: true,
        });
  return {
    kind: "email",
    async send(delivery) {
      if (mailer === undefined) return decideRetry({ kind: "setting", name: "SMTP_URL" });
      const thread = messageId(delivery.incident.id, from);
      try {
        const sent = await mailer.sendMail({
          from,
          to: delivery.channel.to,
          ...deps.render(delivery),
          messageId: messageId(delivery.notification.id, from),
          references: [thread],
          inReplyTo: thread,
          headers: {
            "X-Leeway-Notification": delivery.notification.id,
            "X-Leeway-Incident": delivery.incident.id,
            "Auto-Submitted": "auto-generated",
          },
        });
        const rejected = sent.rejected.map(String).join(", ");
        return {
          outcome: "sent",
          receipt: { message_id: sent.messageId, ...(rejected === "" ? {} : { rejected }) },
        };
      } catch (error) {
        const symptom = emailSymptom(error);
        if (symptom === undefined) throw error;
        return decideRetry(symptom);
      }
    },
  };
}
