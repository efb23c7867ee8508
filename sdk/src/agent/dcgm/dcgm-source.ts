import type { AgentSource } from "../agent-source.ts";

/** DCGM_SOURCE is how NVIDIA's DCGM exporter is read. */
export const DCGM_SOURCE = {
  source: "dcgm",
  reads: "http",
  port: 9400,
  path: "/metrics",
} as const satisfies AgentSource;
