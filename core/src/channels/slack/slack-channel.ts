import { z } from "zod";
import { lineSchema } from "../../wire/index.ts";
import { CREATED_BASE, STORED_BASE, VIEW_BASE } from "../channel-base.ts";
import { defineChannelKind } from "../channel-definition.ts";

const kind = z.literal("slack");
const fields = { slack_channel: lineSchema(128).min(1) };

/** slackChannel is a channel of a Slack workspace. */
export const slackChannel = defineChannelKind({
  kind: "slack",
  label: "Slack",
  schema: z.object({ ...STORED_BASE, kind, slack_channel: z.string().min(1).max(128) }),
  fields,
  inputSchema: z.strictObject({ ...CREATED_BASE, kind, ...fields }),
  viewSchema: z.object({ ...VIEW_BASE, kind, slack_channel: z.string() }),
  isSigned: false,
  audience: "people",
  example: { slack_channel: "C1" },
  show: (channel) => channel,
  concerns: () => true,
});
