import { findLeewayError } from "@leeway/core/errors";
import { AGENT_USAGE, runAgentCommand } from "./agent-command.ts";
import { APPLY_USAGE, runApplyCommand } from "./apply/apply-command.ts";
import { EXPORT_USAGE, runExportCommand, runSchemaCommand, SCHEMA_USAGE } from "./apply/export-command.ts";
import { CHANNELS_USAGE, runChannelsCommand } from "./channels-command.ts";
import { type CliContext, type Command, EXIT } from "./cli-context.ts";
import { describeError } from "./describe-error.ts";
import { EVENT_USAGE, runEventCommand } from "./event-command.ts";
import { GATE_USAGE, runGateCommand } from "./gate-command.ts";
import { LABELS_USAGE, runLabelsCommand } from "./labels/labels-command.ts";
import { MONITORS_USAGE, runMonitorsCommand } from "./monitors-command.ts";
import { REFERENCE_USAGE, runReferenceCommand } from "./reference-command.ts";
import { REPLAY_USAGE, runReplayCommand } from "./replay/replay-command.ts";
import { REPLAY_VERDICT_USAGE, runReplayVerdictCommand } from "./replay/replay-verdict-command.ts";
import { runStatusCommand, STATUS_USAGE } from "./status-command.ts";

const COMMANDS: Readonly<Record<string, Command>> = {
  labels: runLabelsCommand,
  replay: (args, context) =>
    (args.some(isVerdict) ? runReplayVerdictCommand : runReplayCommand)(args, context),
  event: runEventCommand,
  gate: runGateCommand,
  agent: runAgentCommand,
  apply: runApplyCommand,
  export: runExportCommand,
  schema: runSchemaCommand,
  status: runStatusCommand,
  channels: runChannelsCommand,
  monitors: runMonitorsCommand,
  reference: runReferenceCommand,
};
const USAGE = [
  ...[
    STATUS_USAGE,
    CHANNELS_USAGE,
    MONITORS_USAGE,
    LABELS_USAGE,
    REFERENCE_USAGE,
    REPLAY_USAGE,
    REPLAY_VERDICT_USAGE,
  ],
  ...[EVENT_USAGE, GATE_USAGE, APPLY_USAGE, EXPORT_USAGE, SCHEMA_USAGE, AGENT_USAGE],
].join("\n\n");

/** runCli runs the command that the arguments name and resolves with the exit code. It never rejects. */
export async function runCli(args: readonly string[], context: CliContext): Promise<number> {
  const [name, ...rest] = args;
  const command = name === undefined ? undefined : COMMANDS[name];
  if (command === undefined) {
    context.print(USAGE);
    return name === undefined || name === "help" || name === "--help" || name === "-h" ? EXIT.ok : EXIT.usage;
  }
  try {
    return await command(rest, context);
  } catch (error) {
    context.note(`leeway ${name}: ${describeError(error)}`);
    if (isUsageError(error)) return EXIT.usage;
    return findLeewayError(error)?.code === "invalid_request" ? EXIT.alarm : EXIT.failed;
  }
}

// A table of predictions is replayed, or one stored verdict.
function isVerdict(arg: string): boolean {
  return arg === "--verdict" || arg.startsWith("--verdict=");
}

function isUsageError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && code.startsWith("ERR_PARSE_ARGS");
}
