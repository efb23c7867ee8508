import type { AgentSource } from "../agent-source.ts";

/** TORCHSERVE_SOURCE is how TorchServe is read. */
export const TORCHSERVE_SOURCE = {
  source: "torchserve",
  reads: "http",
  port: 8082,
  path: "/metrics",
} as const satisfies AgentSource;
