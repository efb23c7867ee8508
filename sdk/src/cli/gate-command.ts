import { parseArgs } from "node:util";
import { createApiClient } from "./api-client.ts";
import { API_OPTIONS, readApiSettings } from "./api-options.ts";
import { type CliContext, type Command, EXIT } from "./cli-context.ts";

/** GATE_USAGE tells how to use the gate. */
export const GATE_USAGE = `leeway gate --model MODEL --from TIME --to TIME [--version V] [--window 1d] [--raise]
  Evaluates those windows now and exits with 0 when nothing would have raised an alarm, 1 when something would,
  2 for a mistake in the arguments, 3 when no verdict could be had. --json prints the answer as it came.`;

const EVALUATION_TIMEOUT_MS = 600_000;

interface Alarm {
  readonly start?: unknown;
  readonly end?: unknown;
  readonly cause?: unknown;
  readonly features?: unknown;
  readonly reason?: unknown;
}

/** runGateCommand asks for an evaluation and turns alarms into an exit code, for CI. No verdict is never a pass. */
export const runGateCommand: Command = async (args, context) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...API_OPTIONS,
      model: { type: "string" },
      version: { type: "string" },
      from: { type: "string" },
      to: { type: "string" },
      window: { type: "string" },
      raise: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { model, version, from, to, window, raise } = values;
  if (values.help || model === undefined || from === undefined || to === undefined) {
    context.print(GATE_USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  const settings = readApiSettings(values, context);
  if (settings === null) return EXIT.usage;

  const api = createApiClient(settings, context.runtime, (reason) => context.note(`waiting: ${reason}`));
  const answer = await api.post(
    "/v1/evaluate",
    {
      model,
      ...(version === undefined ? {} : { version }),
      from: toWireTime(from),
      to: toWireTime(to),
      ...(window === undefined ? {} : { window }),
      raise,
    },
    EVALUATION_TIMEOUT_MS,
  );
  if (values.json) context.print(answer.body);
  return judge(answer.status, answer.body, context, values.json);
};

function judge(status: number, body: string, { print, note }: CliContext, isQuiet: boolean): number {
  const verdict = parseAnswer(body);
  if (status !== 200 || verdict === null || !Array.isArray(verdict["alarms"])) {
    note(`no verdict: HTTP ${status} ${body.slice(0, 500)}`);
    return EXIT.failed;
  }
  const alarms = verdict["alarms"] as Alarm[];
  if (!isQuiet) {
    print(
      `${alarms.length === 0 ? "pass" : "FAIL"}: ${describeWindows(verdict["windows"])}, ${alarms.length} alarms`,
    );
    for (const alarm of alarms)
      print(`  ${String(alarm.start)} ${String(alarm.cause)}: ${String(alarm.reason)}`);
  }
  return alarms.length === 0 ? EXIT.ok : EXIT.alarm;
}

function describeWindows(windows: unknown): string {
  return `${Array.isArray(windows) ? windows.length : String(windows)} windows`;
}

function parseAnswer(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Not JSON: whatever answered, it was no verdict.
    return null;
  }
}

/** A number on the command line is epoch milliseconds; text goes as it is. */
function toWireTime(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text;
}
