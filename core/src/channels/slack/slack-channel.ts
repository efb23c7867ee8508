import { z } from "zod";
import { lineSchema } from "../../wire/index.ts";
import { CREATED_BASE, STORED_BASE, VIEW_BASE } from "../channel-base.ts";
import { defineChannelKind } from "../channel-definition.ts";

const kind = z.literal("slack");
/** Who presses buttons in Slack: the e-mail address of each member, by the member's id. */
const people = z.record(z.string().regex(/^[A-Z0-9]{2,32}$/), z.email().max(254));
const fields = { slack_channel: lineSchema(128).min(1), people: people.optional() };

/** slackChannel is a channel of a Slack workspace. */
export const slackChannel = defineChannelKind({
  kind: "slack",
  label: "Slack",
  schema: z.object({
    ...STORED_BASE,
    kind,
    slack_channel: z.string().min(1).max(128),
    people: people.optional(),
  }),
  fields,
  inputSchema: z.strictObject({ ...CREATED_BASE, kind, ...fields }),
  viewSchema: z.object({ ...VIEW_BASE, kind, slack_channel: z.string(), people: people.optional() }),
  secrets: [],
  isSigned: false,
  audience: "people",
  example: { slack_channel: "C1" },
  // Whose addresses they are concerns administrators only.
  show: ({ people: named, ...channel }, isWhole) =>
    isWhole && named !== undefined ? { ...channel, people: named } : channel,
  concerns: () => true,
});
