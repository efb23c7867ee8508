import type { AgentSource } from "../agent-source.ts";

/** LITELLM_SOURCE is how LiteLLM's proxy is read. */
export const LITELLM_SOURCE = {
  source: "litellm",
  reads: "http",
  port: 4000,
  path: "/metrics",
} as const satisfies AgentSource;
