import { parseArgs } from "node:util";
import { createApiClient } from "../api-client.ts";
import { API_OPTIONS, readApiSettings } from "../api-options.ts";
import { type Command, EXIT } from "../cli-context.ts";

/** REPLAY_VERDICT_USAGE tells how to decide a stored verdict again. */
export const REPLAY_VERDICT_USAGE = `leeway replay --verdict MONITOR --start TIME [--version V] [--environment E] [--segment S]
  Decides the stored verdict of the window that starts then again, from the numbers stored with it. Exit codes:
  0 the same verdict, 1 another one, 2 a mistake in the arguments, 3 no answer, 4 it cannot be decided again.`;

/** runReplayVerdictCommand asks for a replay of one stored verdict and turns the comparison into an exit code. */
export const runReplayVerdictCommand: Command = async (args, context) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...API_OPTIONS,
      verdict: { type: "string" },
      start: { type: "string" },
      version: { type: "string" },
      environment: { type: "string" },
      segment: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { verdict, start, version, environment, segment } = values;
  if (values.help || !verdict || start === undefined) {
    context.print(REPLAY_VERDICT_USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  const settings = readApiSettings(values, context);
  if (settings === null) return EXIT.usage;
  const api = createApiClient(settings, context.runtime, (reason) => context.note(`waiting: ${reason}`));
  const { status, body } = await api.post(`/v1/monitors/${encodeURIComponent(verdict)}/replay`, {
    start: /^\d+$/.test(start) ? Number(start) : start,
    version,
    environment,
    ...(segment === undefined ? {} : { segment: parseSegment(segment) }),
  });
  const answer = parseObject(body);
  if (status === 404) {
    context.note(`nothing to decide again: ${String(answer["detail"] ?? answer["title"])}`);
    return EXIT.nothing;
  }
  if (status !== 200 || !("same" in answer)) {
    context.note(`HTTP ${status}: ${String(answer["detail"] ?? body.slice(0, 200))}`);
    return status === 400 ? EXIT.usage : EXIT.failed;
  }
  context.print(String(answer["reason"]));
  context.print(`  stored: ${String((answer["stored"] as { reason?: unknown } | undefined)?.reason)}`);
  return answer["same"] === true ? EXIT.ok : answer["same"] === false ? EXIT.alarm : EXIT.nothing;
};

// `region=eu,tier=gold`, as queries of the API spell it.
function parseSegment(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(",").map((part) => {
      const [name = "", value = ""] = part.split("=").map(decodeURIComponent);
      return [name, value];
    }),
  );
}

function parseObject(body: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
