import type { AgentSource } from "../agent-source.ts";

/** TENSORRT_LLM_SOURCE is how `trtllm-serve` is read. */
export const TENSORRT_LLM_SOURCE = {
  source: "tensorrt-llm",
  reads: "http",
  port: 8000,
  path: "/prometheus/metrics",
} as const satisfies AgentSource;
