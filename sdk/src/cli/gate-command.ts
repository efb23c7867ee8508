import { parseArgs } from "node:util";
import { createApiClient } from "./api-client.ts";
import { API_OPTIONS, readApiSettings } from "./api-options.ts";
import { type CliContext, type Command, EXIT } from "./cli-context.ts";

/** GATE_USAGE tells how to use the gate. */
export const GATE_USAGE = `leeway gate --model MODEL --from TIME --to TIME [--version V] [--window 1d] [--raise]
  Evaluates those windows now. Exit codes: 0 every window was judged and none raised an alarm, 1 an alarm,
  2 a mistake in the arguments, 3 no answer, 4 nothing to judge by: no window, no monitor, or windows that could
  not be judged. The reason is printed. --json prints the answer as it came.`;

const EVALUATION_TIMEOUT_MS = 600_000;

interface Alarm {
  readonly start?: unknown;
  readonly end?: unknown;
  readonly cause?: unknown;
  readonly features?: unknown;
  readonly reason?: unknown;
}

interface Missed {
  readonly kind?: unknown;
  readonly outcome?: unknown;
  readonly windows?: unknown;
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

function judge(status: number, body: string, context: CliContext, isQuiet: boolean): number {
  const answer = parseAnswer(body);
  if (status !== 200 || answer === null || !Array.isArray(answer["alarms"])) {
    return refuse(status, body, answer, context);
  }
  const alarms = answer["alarms"] as Alarm[];
  const verdict = verdictOf(answer, alarms);
  if (!isQuiet) printAnswer(answer, alarms, verdict, context);
  else if (verdict === "not_judged") context.note(`not judged: ${reasonOf(answer)}`);
  return { pass: EXIT.ok, alarm: EXIT.alarm, not_judged: EXIT.nothing }[verdict];
}

function printAnswer(
  answer: Record<string, unknown>,
  alarms: readonly Alarm[],
  verdict: Verdict,
  { print }: CliContext,
): void {
  const words = { pass: "pass", alarm: "FAIL", not_judged: "NOT JUDGED" }[verdict];
  print(`${words}: ${describeWindows(answer["windows"])}, ${alarms.length} alarms. ${reasonOf(answer)}`);
  for (const alarm of alarms)
    print(`  ${String(alarm.start)} ${String(alarm.cause)}: ${String(alarm.reason)}`);
  const missed = Array.isArray(answer["not_judged"]) ? (answer["not_judged"] as Missed[]) : [];
  for (const { kind, outcome, windows, reason } of missed) {
    print(
      `  not judged by ${String(kind)}: ${describeWindows(windows)}, ${String(outcome)}: ${String(reason)}`,
    );
  }
}

// Asking for what does not exist is a mistake or leaves nothing to judge by: neither is a server that gave no answer.
function refuse(
  status: number,
  body: string,
  answer: Record<string, unknown> | null,
  { note }: CliContext,
): number {
  if (status === 404 && answer?.["code"] === "not_found") {
    note(`nothing to judge by: ${String(answer["detail"] ?? answer["title"])}`);
    return EXIT.nothing;
  }
  if (status === 400 && answer?.["code"] !== undefined) {
    note(`refused: ${String(answer["detail"] ?? answer["title"])}`);
    return EXIT.usage;
  }
  note(`no verdict: HTTP ${status} ${body.slice(0, 500)}`);
  return EXIT.failed;
}

type Verdict = "pass" | "alarm" | "not_judged";

function verdictOf(answer: Record<string, unknown>, alarms: readonly Alarm[]): Verdict {
  if (alarms.length > 0) return "alarm";
  // A server that does not say so has not said that anything was judged.
  return answer["verdict"] === "pass" ? "pass" : "not_judged";
}

function reasonOf({ reason }: Record<string, unknown>): string {
  return typeof reason === "string" ? reason : "The server does not say what was judged";
}

function describeWindows(windows: unknown): string {
  const count = Array.isArray(windows) ? windows.length : Number(windows);
  return `${count} ${count === 1 ? "window" : "windows"}`;
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
