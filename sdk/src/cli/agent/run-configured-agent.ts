import { hostname } from "node:os";
import { createAgent } from "../../agent/create-agent.ts";
import { createHttpGet } from "../../scraping/endpoint/http-get.ts";
import { readApiSettings } from "../api-options.ts";
import { type CliContext, EXIT } from "../cli-context.ts";
import { readAgentConfig } from "./read-agent-config.ts";
import { readOnce } from "./read-once.ts";
import { untilInterrupted } from "./until-interrupted.ts";

/** AgentFlags are the arguments of `leeway agent --config`. */
export interface AgentFlags {
  readonly config: string;
  readonly once: boolean;
  readonly url?: string | undefined;
  readonly "api-key"?: string | undefined;
}

/** runConfiguredAgent reads the targets of a configuration until it is interrupted, or once. */
export async function runConfiguredAgent(flags: AgentFlags, context: CliContext): Promise<number> {
  const file = await readAgentConfig(flags.config);
  if (file.kind === "wrong") {
    for (const problem of file.problems) context.note(problem);
    return EXIT.usage;
  }
  const get = createHttpGet();
  const shell = { get, env: context.env, hostname: hostname() };
  try {
    if (flags.once) return await readOnce(file.config, shell, context);
    const api = readApiSettings(flags, context);
    if (api === null) return EXIT.usage;
    const notify = ({ message }: { message: string }): void => context.note(message);
    const agent = createAgent(file.config, { ...shell, api, notify, runtime: context.runtime });
    await untilInterrupted(context);
    await agent.close();
    const { samples } = agent.stats().sent;
    context.note(`${samples.accepted} samples were stored, ${samples.dropped + samples.failed} were lost`);
    return EXIT.ok;
  } finally {
    get.close();
  }
}
