import type { AgentSource } from "../agent-source.ts";

/** SGLANG_SOURCE is how SGLang is read. */
export const SGLANG_SOURCE = {
  source: "sglang",
  reads: "http",
  port: 30000,
  path: "/metrics",
} as const satisfies AgentSource;
