import { hostname } from "node:os";
import { parseArgs } from "node:util";
import { createLeeway } from "../client/create-leeway.ts";
import { createGpuSampler } from "../gpu/create-gpu-sampler.ts";
import { runConfiguredAgent } from "./agent/run-configured-agent.ts";
import { untilInterrupted } from "./agent/until-interrupted.ts";
import { API_OPTIONS, readApiSettings } from "./api-options.ts";
import { type Command, EXIT } from "./cli-context.ts";

/** AGENT_USAGE tells how to run the agent. */
export const AGENT_USAGE = `leeway agent --config agent.yaml [--once]
  Reads the metrics of engines and exporters (vLLM, Triton, DCGM …) and reports them until it is stopped.
  With --once it reads everything once, prints what it found and sends nothing.
leeway agent --model MODEL --version V [--interval-ms 10000] [--replica NAME]
  Reads this machine's GPUs with nvidia-smi and reports them until it is stopped.`;

/** runAgentCommand reads the configured targets, or the GPUs of this machine, until it is interrupted. */
export const runAgentCommand: Command = async (args, context) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...API_OPTIONS,
      config: { type: "string" },
      once: { type: "boolean", default: false },
      model: { type: "string" },
      version: { type: "string" },
      "interval-ms": { type: "string", default: "10000" },
      replica: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { model, version, config, help } = values;
  if (!help && config !== undefined) return runConfiguredAgent({ ...values, config }, context);
  const intervalMs = Number(values["interval-ms"]);
  if (help || model === undefined || version === undefined || !(intervalMs >= 100)) {
    context.print(AGENT_USAGE);
    return help ? EXIT.ok : EXIT.usage;
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
  await untilInterrupted(context);
  sampler.stop();
  await leeway.close();
  return EXIT.ok;
};
