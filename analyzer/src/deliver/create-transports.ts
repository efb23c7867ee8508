import { configureAlertmanager } from "./alertmanager/configure-alertmanager.ts";
import type { DeliveryShell } from "./delivery-shell.ts";
import { configureDiscord } from "./discord/configure-discord.ts";
import { configureEmail } from "./email/configure-email.ts";
import { configureOpsgenie } from "./opsgenie/configure-opsgenie.ts";
import { configurePagerDuty } from "./pagerduty/configure-pagerduty.ts";
import { configureRetrain } from "./retrain/configure-retrain.ts";
import { configureSlack } from "./slack/configure-slack.ts";
import { configureTeams } from "./teams/configure-teams.ts";
import type { Transports } from "./transport.ts";
import { configureWebhook } from "./webhook/configure-webhook.ts";

/** createTransports returns the transport of every kind of channel: the registry of transports. */
export function createTransports(shell: DeliveryShell): Transports {
  return {
    slack: configureSlack(shell),
    email: configureEmail(shell),
    webhook: configureWebhook(shell),
    pagerduty: configurePagerDuty(shell),
    opsgenie: configureOpsgenie(shell),
    teams: configureTeams(shell),
    discord: configureDiscord(shell),
    alertmanager: configureAlertmanager(shell),
    retrain: configureRetrain(shell),
  };
}
