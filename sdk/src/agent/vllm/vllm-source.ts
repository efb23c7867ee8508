import type { AgentSource } from "../agent-source.ts";

/** VLLM_SOURCE is how vLLM is read. */
export const VLLM_SOURCE = {
  source: "vllm",
  reads: "http",
  port: 8000,
  path: "/metrics",
} as const satisfies AgentSource;
