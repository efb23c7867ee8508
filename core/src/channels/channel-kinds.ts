import type { z } from "zod";
import { alertmanagerChannel } from "./alertmanager/alertmanager-channel.ts";
import type { Occasion } from "./channel-definition.ts";
import { discordChannel } from "./discord/discord-channel.ts";
import { emailChannel } from "./email/email-channel.ts";
import { opsgenieChannel } from "./opsgenie/opsgenie-channel.ts";
import { pagerDutyChannel } from "./pagerduty/pagerduty-channel.ts";
import { retrainChannel } from "./retrain/retrain-channel.ts";
import { slackChannel } from "./slack/slack-channel.ts";
import { teamsChannel } from "./teams/teams-channel.ts";
import { webhookChannel } from "./webhook/webhook-channel.ts";

/** CHANNEL_KINDS is the registry of kinds of channels: stored records, API, pages and transports follow from it. */
export const CHANNEL_KINDS = registry({
  slack: slackChannel,
  email: emailChannel,
  webhook: webhookChannel,
  pagerduty: pagerDutyChannel,
  opsgenie: opsgenieChannel,
  teams: teamsChannel,
  discord: discordChannel,
  alertmanager: alertmanagerChannel,
  retrain: retrainChannel,
});

export type ChannelKind = keyof typeof CHANNEL_KINDS;

type ChannelByKind = { [Kind in ChannelKind]: z.output<(typeof CHANNEL_KINDS)[Kind]["schema"]> };

/** ChannelOf is the stored channel of one kind. */
export type ChannelOf<Kind extends ChannelKind> = ChannelByKind[Kind];

/** ChannelRules are a kind's functions, each taking the channel of its own kind. */
interface ChannelRules<Kind extends ChannelKind> {
  show(channel: ChannelByKind[Kind], isWhole: boolean): object;
  concerns(channel: ChannelByKind[Kind], occasion: Occasion): boolean;
}

/** rulesOf returns the functions of one kind. O(1). */
export function rulesOf<Kind extends ChannelKind>(kind: Kind): ChannelRules<Kind> {
  const rules: { [Each in ChannelKind]: ChannelRules<Each> } = CHANNEL_KINDS;
  return rules[kind];
}

// A kind entered under another kind's name does not compile.
function registry<Kinds extends { [Kind in keyof Kinds]: { kind: Kind } }>(kinds: Kinds): Kinds {
  return kinds;
}
