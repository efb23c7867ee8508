import type { ChannelOf } from "@leeway/core/channels";
import { createTransport } from "nodemailer";
import { decideRetry } from "../retry/decide-retry.ts";
import type { DeliveryResult, DeliverySymptom } from "../retry/delivery-result.ts";
import type { Delivery, Transport } from "../transport.ts";
import { emailSymptom } from "./email-symptom.ts";
import { judgeRecipients, missingRecipients } from "./judge-recipients.ts";
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
      const missing = missingRecipients(delivery.channel.to, delivery.notification.receipt);
      if (missing.length === 0) return { outcome: "sent", receipt: {} };
      const id = messageId(delivery.notification.id, from);
      const judge = (accepted: string[], errors: readonly RecipientError[]) =>
        judgeRecipients(delivery.channel.to, delivery.notification.receipt, {
          ...{ messageId: id, accepted, refusals: errors.map(refusalOf) },
        });
      const content = deps.render(delivery);
      delivery.noteRequest({
        to: `mail to ${missing.join(", ")}`,
        body: `${content.subject}\n\n${content.text}`,
      });
      try {
        const sent = await mailer.sendMail({
          from,
          to: missing,
          ...content,
          messageId: id,
          references: [thread],
          inReplyTo: thread,
          headers: {
            "X-Leeway-Notification": delivery.notification.id,
            "X-Leeway-Incident": delivery.incident.id,
            "Auto-Submitted": "auto-generated",
          },
        });
        return judge(sent.accepted.map(addressOf), sent.rejectedErrors ?? []);
      } catch (error) {
        const refusals = refusalsIn(error);
        if (refusals.length > 0) return judge([], refusals);
        const symptom = emailSymptom(error);
        if (symptom === undefined) throw error;
        return withConcern(decideRetry(symptom), symptom);
      }
    },
  };
}

// A mail server that answers 4xx, such as one that greylists, is there: only this mail has to wait.
function withConcern(result: DeliveryResult, symptom: DeliverySymptom): DeliveryResult {
  return result.outcome === "retry" && symptom.kind === "smtp" ? { ...result, concerns: "message" } : result;
}

function addressOf(recipient: string | { address: string }): string {
  return typeof recipient === "string" ? recipient : recipient.address;
}

interface RecipientError {
  message: string;
  recipient?: string | undefined;
  responseCode?: number | undefined;
  response?: string | undefined;
}

// Where nobody is accepted the mail fails as a whole, and the error has each answer.
function refusalsIn(error: unknown): RecipientError[] {
  if (!(error instanceof Error) || !("rejectedErrors" in error)) return [];
  return Array.isArray(error.rejectedErrors) ? error.rejectedErrors : [];
}

function refusalOf(error: RecipientError) {
  return {
    recipient: error.recipient ?? "",
    code: error.responseCode ?? 0,
    response: error.response ?? error.message,
  };
}
