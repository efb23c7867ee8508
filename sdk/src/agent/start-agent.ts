import { hostname } from "node:os";
import { systemRuntime } from "../config.ts";
import { createHttpGet } from "../scraping/endpoint/http-get.ts";
import { parseAgentConfig } from "../scraping/targets/agent-config.ts";
import type { Agent, Notice } from "./agent.ts";
import { createAgent } from "./create-agent.ts";

/** StartAgentOptions configure an agent inside a program of your own. */
export interface StartAgentOptions {
  /** url of the ingest service, such as `http://localhost:4700`. */
  readonly url: string;
  readonly apiKey: string;
  /** config is what `agent.yaml` holds, as an object. */
  readonly config: unknown;
  /** env has the tokens that `bearer_token_env` names. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** onNotice is called for what a person should know: a target that is down, a quantity that is gone. */
  readonly onNotice?: (notice: Notice) => void;
}

/**
 * startAgent reads the targets of a configuration and reports them until `close`. It throws at a mistake in the configuration, with the field's name, and
 * never afterwards. Like the rest of the SDK it does not keep the process alive.
 *
 * @example
 * const agent = await startAgent({ url, apiKey, config: { targets: [{ url: "http://10.0.0.5:8000/metrics", model: "chat" }] } });
 * await agent.close();
 */
export async function startAgent(options: StartAgentOptions): Promise<Agent> {
  const outcome = parseAgentConfig(options.config);
  if (outcome.kind === "wrong")
    throw new TypeError(outcome.problems.map(({ field, message }) => `${field}: ${message}`).join("\n"));
  const get = createHttpGet();
  const agent = createAgent(outcome.config, {
    ...{ get, env: options.env ?? {}, hostname: hostname(), runtime: systemRuntime() },
    api: { url: options.url, apiKey: options.apiKey },
    notify: options.onNotice ?? (() => undefined),
  });
  return {
    ...agent,
    async close(deadlineMs) {
      await agent.close(deadlineMs);
      get.close();
    },
  };
}
