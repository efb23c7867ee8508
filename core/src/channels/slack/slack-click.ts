import { z } from "zod";
import type { IncidentAction, Usefulness, User } from "../../records/index.ts";
import type { Channel } from "../channel.ts";
import { SLACK_ACTIONS, SLACK_MARKS, type SlackActionId } from "./slack-buttons.ts";

/** slackInteractionSchema is the part of Slack's `block_actions` payload that a click on a message's button needs. */
export const slackInteractionSchema = z.object({
  type: z.literal("block_actions"),
  user: z.object({ id: z.string().min(1).max(64) }),
  actions: z
    .array(
      z.object({
        action_id: z.string().max(255),
        value: z.string().max(2_000).optional(),
        action_ts: z.string().regex(/^\d{1,12}\.\d{1,9}$/),
      }),
    )
    .min(1),
  response_url: z.url().max(2_048).optional(),
});

export type SlackInteraction = z.output<typeof slackInteractionSchema>;

/** SlackClick is what a click asks for: something to be done as a person, nothing, or something that is refused with the reason. */
export type SlackClick =
  | { outcome: "ignored" }
  | { outcome: "refused"; reason: string }
  | {
      outcome: "act";
      /** The same for the same click, so that a repeated request does nothing twice. */
      id: string;
      incidentId: string;
      action: IncidentAction["action"];
      actor: string;
      until?: number;
      useful?: Usefulness;
    };

const SNOOZE_MS = 3_600_000;

/**
 * decideSlackClick returns what a click is to do, and as whom. A person is one that an administrator named in a Slack channel's `people`; where that person is also a user of the
 * web app, the user's role counts here, too. O(channels · people + users).
 */
export function decideSlackClick(
  interaction: SlackInteraction,
  channels: readonly Channel[],
  users: readonly Pick<User, "email" | "role" | "disabled_at">[],
): SlackClick {
  const click = interaction.actions.find(({ action_id }) => isAction(action_id));
  if (click === undefined || !isAction(click.action_id) || click.value === undefined) {
    return { outcome: "ignored" };
  }
  const slackUser = interaction.user.id;
  const people = new Set(channels.flatMap((channel) => personOf(channel, slackUser)));
  const [actor, ...others] = people;
  if (actor === undefined || others.length > 0) {
    const what = actor === undefined ? "no channel names" : "channels name different people for";
    return {
      outcome: "refused",
      reason: `Leeway does not know who you are: ${what} the Slack member ${slackUser}. An administrator can set it in the channel's people.`,
    };
  }
  const user = users.find(({ email }) => email.toLowerCase() === actor.toLowerCase());
  if (user !== undefined && (user.disabled_at !== undefined || user.role !== "admin")) {
    return { outcome: "refused", reason: `${actor} may look at incidents but not change them.` };
  }
  const action = SLACK_ACTIONS[click.action_id];
  const useful = SLACK_MARKS[click.action_id];
  return {
    outcome: "act",
    id: `slack_${slackUser}_${click.action_ts}`,
    incidentId: click.value,
    action,
    actor,
    ...(action === "snooze" ? { until: Math.floor(Number(click.action_ts) * 1_000) + SNOOZE_MS } : {}),
    ...(useful === undefined ? {} : { useful }),
  };
}

function isAction(id: string): id is SlackActionId {
  return Object.hasOwn(SLACK_ACTIONS, id);
}

function personOf(channel: Channel, slackUser: string): string[] {
  if (channel.kind !== "slack" || !channel.enabled || channel.people === undefined) return [];
  return Object.hasOwn(channel.people, slackUser) ? [channel.people[slackUser]!] : [];
}
