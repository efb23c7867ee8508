import { createEmailTransport } from "../email/email-transport.ts";
import { createSlackTransport } from "../slack/slack-transport.ts";
import { parseAllowList } from "../target/allow-list.ts";
import type { Misbehaviour } from "./misbehaving-receivers.ts";

const LONG_MS = 15_000;

/** timeoutFor returns how long a sender waits: briefly for a receiver that never answers, else long enough for a busy machine. */
export function timeoutFor(what: Misbehaviour): number {
  return what === "never answers" ? 300 : LONG_MS;
}

/** slackSender returns a Slack transport with a token. */
export function slackSender(apiUrl: string, timeoutMs = LONG_MS) {
  const content = () => ({ text: "Late flights", blocks: [] });
  return createSlackTransport({
    settings: { token: "xoxb-test", apiUrl, timeoutMs },
    render: content,
    renderReply: content,
  });
}

/** emailSender returns a mail transport. */
export function emailSender(smtpUrl: string, timeoutMs = LONG_MS) {
  return createEmailTransport({
    settings: { smtpUrl, from: "Leeway <alarms@leeway.example>", timeoutMs },
    render: () => ({ subject: "Late flights", text: "…", html: "<p>…</p>" }),
  });
}

/** receiverSettings are those of a signed request; `allow` names the private addresses it may call. */
export function receiverSettings(allow: string, timeoutMs = LONG_MS) {
  const parsed = parseAllowList(allow);
  if (parsed.outcome === "refused") throw new Error(parsed.reason);
  return { allowList: parsed.allowList, now: () => Date.UTC(2026, 0, 1), timeoutMs };
}

/** retrainSettings are those of a training job's request. */
export function retrainSettings(allow: string, timeoutMs = LONG_MS) {
  const addresses = { publicUrl: "https://leeway.example", apiUrl: "https://api.leeway.example" };
  return { ...receiverSettings(allow, timeoutMs), ...addresses };
}
