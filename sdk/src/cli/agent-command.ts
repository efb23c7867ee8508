import { hostname } from "node:os";
import { parseArgs } from "node:util";
import { createLeeway } from "../client/create-leeway.ts";
import { createGpuSampler } from "../gpu/create-gpu-sampler.ts";
import { API_OPTIONS, readApiSettings } from "./api-options.ts";
import { type Command, EXIT } from "./cli-context.ts";

/** AGENT_USAGE tells how to run the agent. */
export const AGENT_USAGE = `leeway agent --model MODEL --version V [--interval-ms 10000] [--replica NAME]
  Reads this machine's GPUs with nvidia-smi and reports them until it is stopped.`;

/** runAgentCommand samples the GPUs of this machine until it is interrupted. */
export const runAgentCommand: Command = async (args, context) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...API_OPTIONS,
      model: { type: "string" },
      version: { type: "string" },
      "interval-ms": { type: "string", default: "10000" },
      replica: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { model, version } = values;
  const intervalMs = Number(values["interval-ms"]);
  if (values.help || model === undefined || version === undefined || !(intervalMs >= 100)) {
    context.print(AGENT_USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  const settings = readApiSettings(values, context);
  if (settings === null) return EXIT.usage;

  const leeway = createLeeway(
    {
      ...settings,
      model,
      version,
      replica: values.replica ?? hostname(),
      onError: (problem) => context.note(`${problem.kind}: ${problem.message}`),
    },
    context.runtime,
  );
  const sampler = createGpuSampler(
    { leeway, intervalMs, onState: (state, reason) => context.note(`GPU ${state}: ${reason}`) },
    context.runtime,
  );
  await untilInterrupted(context.onInterrupt, context.runtime.schedule);
  sampler.stop();
  await leeway.close();
  return EXIT.ok;
};

const A_DAY_MS = 86_400_000;

/** The agent is the one program that should stay: a timer holds it open. */
function untilInterrupted(
  onInterrupt: (task: () => void) => void,
  schedule: (delayMs: number, task: () => void, keepAlive?: boolean) => () => void,
): Promise<void> {
  return new Promise((resolve) => {
    let cancel = (): void => undefined;
    const stay = (): void => {
      cancel = schedule(A_DAY_MS, stay, true);
    };
    stay();
    onInterrupt(() => {
      cancel();
      resolve();
    });
  });
}
