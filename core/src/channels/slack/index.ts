export { type SlackBlock, type SlackMessage, toSlackBlocks, toSlackReply } from "./to-slack-blocks.ts";
