import { parseArgs } from "node:util";
import type { ApiSettings } from "./api-client.ts";
import { API_OPTIONS, readApiSettings } from "./api-options.ts";
import { type ApiAnswer, askApi, problemWords } from "./ask-api.ts";
import { type CliContext, type Command, EXIT } from "./cli-context.ts";

/** CHANNELS_USAGE tells how to look after channels. */
export const CHANNELS_USAGE = `leeway channels [--json]
  Prints how each channel does: failing, paused, off, untried or healthy, why, what waits and what never arrived.
  Exits with 1 where a channel fails or has dead letters, else 0.
leeway channels test CHANNEL        one message that says TEST; prints what the receiver answered. 1 where it did not arrive
leeway channels resend CHANNEL      sends once more everything that failed for good on a channel
  CHANNEL is an id or a name. --url URL --api-key KEY   or LEEWAY_URL, LEEWAY_API_KEY`;

interface ChannelAnswer {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly health: {
    readonly state: string;
    readonly sentence: string;
    readonly queued: number;
    readonly dead_letters: number;
    readonly failures_last_day: number;
  };
}

const ORDER = ["failing", "paused", "off", "untried", "healthy"];
const FAILING = new Set(["failing", "paused"]);

/** runChannelsCommand prints how the channels do, tests one, or sends its dead letters once more. */
export const runChannelsCommand: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...API_OPTIONS,
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [verb, name, ...more] = positionals;
  const isKnown = verb === undefined || ((verb === "test" || verb === "resend") && name !== undefined);
  if (values.help || !isKnown || more.length > 0) {
    context.print(CHANNELS_USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  const settings = readApiSettings(values, context);
  if (settings === null) return EXIT.usage;
  const answer = await askApi(context, settings, "/v1/channels");
  const channels = (answer.body as { channels?: ChannelAnswer[] } | undefined)?.channels;
  if (answer.status !== 200 || channels === undefined) return refused(answer, context);
  if (verb === undefined) return list(channels, values.json ? answer.body : undefined, context);
  const byId = channels.filter(({ id }) => id === name);
  const [channel, ...others] = byId.length > 0 ? byId : channels.filter((one) => one.name === name);
  if (channel === undefined) {
    context.note(`there is no channel ${name}`);
    return EXIT.usage;
  }
  if (others.length > 0) {
    const ids = [channel, ...others].map(({ id }) => id).join(", ");
    context.note(`${others.length + 1} channels have the name ${name}: give one of the ids ${ids}`);
    return EXIT.usage;
  }
  return verb === "test" ? test(channel, settings, context) : resend(channel, settings, context);
};

function list(channels: readonly ChannelAnswer[], json: unknown, { print }: CliContext): number {
  if (json !== undefined) print(JSON.stringify(json));
  else if (channels.length === 0) print("There is no channel yet: nobody is notified");
  else {
    const rank = ({ health }: ChannelAnswer) => ORDER.indexOf(health.state);
    for (const { name, kind, health } of channels.toSorted((a, b) => rank(a) - rank(b))) {
      const counts = [
        ...(health.queued === 0 ? [] : [`${health.queued} waiting`]),
        ...(health.dead_letters === 0 ? [] : [`${health.dead_letters} never arrived`]),
        ...(health.failures_last_day === 0 ? [] : [`${health.failures_last_day} failures in a day`]),
      ].join(", ");
      print(
        `${health.state.padEnd(8)} ${name} (${kind}): ${health.sentence}${counts === "" ? "" : ` [${counts}]`}`,
      );
    }
  }
  const isWrong = ({ health }: ChannelAnswer) => FAILING.has(health.state) || health.dead_letters > 0;
  return channels.some(isWrong) ? EXIT.alarm : EXIT.ok;
}

async function test(
  { id, name }: ChannelAnswer,
  settings: ApiSettings,
  context: CliContext,
): Promise<number> {
  const path = `/v1/channels/${encodeURIComponent(id)}/test`;
  const tried = await askApi(context, settings, path, { method: "POST" });
  if (tried.status !== 200) return refused(tried, context);
  const { status, error, answer, took_ms } = tried.body as {
    status: string;
    error?: string;
    answer?: Record<string, string>;
    took_ms?: number;
  };
  const took = took_ms === undefined ? "" : ` after ${took_ms} ms`;
  const said = Object.entries(answer ?? {}).map(([field, text]) => `${field} ${text}`);
  context.print(`${name}: ${status}${took}: ${error ?? (said.join(", ") || "accepted")}`);
  return status === "sent" ? EXIT.ok : EXIT.alarm;
}

async function resend(
  { id, name }: ChannelAnswer,
  settings: ApiSettings,
  context: CliContext,
): Promise<number> {
  const path = `/v1/channels/${encodeURIComponent(id)}/resend`;
  const answer = await askApi(context, settings, path, { method: "POST" });
  if (answer.status !== 200) return refused(answer, context);
  const { resent } = answer.body as { resent: string[] };
  context.print(`${name}: ${resent.length} sent once more`);
  return EXIT.ok;
}

function refused(answer: ApiAnswer, context: CliContext): number {
  for (const line of problemWords(answer)) context.note(line);
  return EXIT.failed;
}
