export {
  decideSlackClick,
  type SlackClick,
  type SlackInteraction,
  slackInteractionSchema,
} from "./slack-click.ts";
export { type SlackBlock, type SlackMessage, toSlackBlocks, toSlackReply } from "./to-slack-blocks.ts";
