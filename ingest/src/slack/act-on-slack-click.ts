import { decideSlackClick, type SlackInteraction } from "@leeway/core/channels/slack";
import { findLeewayError } from "@leeway/core/errors";
import { actOnIncident, type Store } from "@leeway/store";

/** ClickAnswer is what the person who clicked reads; undefined where there is nothing to say. */
export type ClickAnswer = string | undefined;

/** actOnSlackClick does what a click on a button in Slack asks for, by the verb that the page and the API call, and returns what to say to the person. */
export async function actOnSlackClick(
  store: Store,
  project: string,
  interaction: SlackInteraction,
  now: () => number,
): Promise<ClickAnswer> {
  const [channels, users] = await Promise.all([
    store.records.channel.list(project),
    store.records.user.list(project),
  ]);
  const click = decideSlackClick(interaction, channels, users);
  switch (click.outcome) {
    case "ignored":
      return undefined;
    case "refused":
      return click.reason;
    case "act": {
      const { outcome: _decided, ...act } = click;
      try {
        await actOnIncident(store, project, { ...act, now: now() });
      } catch (error) {
        const refusal = findLeewayError(error, "conflict") ?? findLeewayError(error, "not_found");
        if (refusal === undefined) throw error;
        return refusal.message;
      }
      return click.action === "mark"
        ? `Thank you. Marked as ${click.actor}.`
        : `Done as ${click.actor}. The message follows within seconds.`;
    }
    default:
      return click satisfies never;
  }
}
