import type { AgentSource } from "../agent-source.ts";

/** TRITON_SOURCE is how Triton is read. */
export const TRITON_SOURCE = {
  source: "triton",
  reads: "http",
  port: 8002,
  path: "/metrics",
} as const satisfies AgentSource;
