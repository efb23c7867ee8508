import { type SlackInteraction, slackInteractionSchema } from "@leeway/core/channels/slack";
import { LeewayError } from "@leeway/core/errors";
import { parseInput } from "@leeway/core/input";
import type { FastifyInstance } from "fastify";
import type { ByteBudget } from "../body/byte-budget.ts";
import { readBody } from "../body/read-body.ts";
import type { ClickAnswer } from "./act-on-slack-click.ts";
import { isSlackSigned, isSlackTimestampFresh } from "./verify-slack-signature.ts";

/** SlackClicks is what taking clicks on buttons in Slack needs. */
export interface SlackClicks {
  signingSecret: string;
  act(interaction: SlackInteraction): Promise<ClickAnswer>;
  say(responseUrl: string, text: string): Promise<void>;
  now: () => number;
}

const PATH = "/v1/slack/actions";
const interactionType = slackInteractionSchema.pick({ type: true });
const LIMITS = { maxBytes: 256 * 1024, maxMs: 5_000 };

/** registerSlackClicks serves the address that a Slack app has as its interactivity request URL. Slack's signature stands in for a key. */
export function registerSlackClicks(app: FastifyInstance, deps: SlackClicks, budget: ByteBudget): void {
  app.post(PATH, async (request, reply) => {
    const timestamp = headerOf(request.headers["x-slack-request-timestamp"]);
    const signature = headerOf(request.headers["x-slack-signature"]);
    // An unsigned body is not even read.
    if (!isSlackTimestampFresh(timestamp, deps.now()) || signature === undefined) throw notSigned();
    const source = {
      stream: request.raw,
      contentType: request.headers["content-type"],
      contentEncoding: undefined,
      contentLength: Number(request.headers["content-length"] ?? 0),
    };
    const { bytes, release } = await readBody(source, LIMITS, budget);
    let interaction: SlackInteraction | undefined;
    try {
      if (!isSlackSigned({ timestamp, signature }, bytes, deps.signingSecret, deps.now())) throw notSigned();
      interaction = interactionOf(bytes.toString("utf8"));
    } finally {
      release();
    }
    const answer = interaction === undefined ? undefined : await deps.act(interaction);
    await reply.code(200).send();
    if (answer === undefined || interaction?.response_url === undefined) return;
    // Slack waits three seconds for the reply, so that what the person reads comes after it.
    try {
      await deps.say(interaction.response_url, answer);
    } catch (error) {
      request.log.warn({ err: error }, "a click in Slack was done, but its answer was not shown");
    }
  });
}

// Other interactions of the same app, such as shortcuts, are none of ours: they are acknowledged and left.
function interactionOf(form: string): SlackInteraction | undefined {
  const payload = new URLSearchParams(form).get("payload");
  if (payload === null) throw new LeewayError("invalid_request", "the form has no payload");
  let document: unknown;
  try {
    document = JSON.parse(payload);
  } catch (cause) {
    throw new LeewayError("invalid_request", "the payload is not JSON", { cause });
  }
  if (!interactionType.safeParse(document).success) return undefined;
  return parseInput(slackInteractionSchema, document, "body");
}

function headerOf(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function notSigned(): LeewayError {
  return new LeewayError("unauthorized", "the request is not signed by Slack, or too old");
}
