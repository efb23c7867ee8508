import type { MessageContext } from "../../messages/index.ts";
import type { Incident, IncidentAction, Usefulness } from "../../records/index.ts";

/** SlackPlainText is text that Slack shows as it is. */
export interface SlackPlainText {
  type: "plain_text";
  text: string;
  emoji: boolean;
}

/** SlackButton is a button that opens an address, or one that Slack reports to Leeway with its value. */
export type SlackButton =
  | { type: "button"; text: SlackPlainText; url: string; action_id: string }
  | {
      type: "button";
      text: SlackPlainText;
      value: string;
      action_id: SlackActionId;
      style?: "primary" | "danger";
      confirm?: Record<"title" | "text" | "confirm" | "deny", SlackPlainText>;
    };

/** SLACK_ACTIONS are what the buttons of a message do, by the name that Slack reports. */
export const SLACK_ACTIONS = {
  leeway_acknowledge: "acknowledge",
  leeway_resolve: "resolve",
  leeway_snooze: "snooze",
  leeway_useful_yes: "mark",
  leeway_useful_no: "mark",
  leeway_useful_expected: "mark",
} as const satisfies Record<string, IncidentAction["action"]>;

/** SLACK_MARKS are what the buttons say of an alarm that ask whether it was useful. */
export const SLACK_MARKS: { [Id in SlackActionId]?: Usefulness } = {
  leeway_useful_yes: "yes",
  leeway_useful_no: "no",
  leeway_useful_expected: "expected",
};

export type SlackActionId = keyof typeof SLACK_ACTIONS;

const VALUE = 2_000;

/**
 * slackButtons returns what a person may do to an incident from its message: once it is resolved only say whether it was useful, and nothing to a test. Closing asks first. The
 * value is the incident's id. O(1).
 */
export function slackButtons(
  incident: Pick<Incident, "id" | "state">,
  transition: MessageContext["transition"],
): SlackButton[] {
  if (transition === "test" || incident.id.length > VALUE) return [];
  const button = (action_id: SlackActionId, text: string) => ({
    ...{ type: "button" as const, text: plain(text), value: incident.id, action_id },
  });
  const marks = [
    button("leeway_useful_yes", "Useful"),
    button("leeway_useful_no", "Not useful"),
    button("leeway_useful_expected", "Expected"),
  ];
  if (incident.state === "resolved") return marks;
  return [
    ...(incident.state === "acknowledged"
      ? []
      : [{ ...button("leeway_acknowledge", "Acknowledge"), style: "primary" as const }]),
    {
      ...button("leeway_resolve", "Resolve"),
      confirm: {
        title: plain("Resolve this incident?"),
        text: plain("Everybody who was notified of it is notified. Checks that fail again bring it back."),
        confirm: plain("Resolve"),
        deny: plain("Keep it open"),
      },
    },
    button("leeway_snooze", "Snooze 1 h"),
    ...marks,
  ];
}

function plain(text: string): SlackPlainText {
  return { type: "plain_text", text, emoji: true };
}
