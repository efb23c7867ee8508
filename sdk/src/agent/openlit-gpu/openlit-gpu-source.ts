import type { AgentSource } from "../agent-source.ts";

/** OPENLIT_GPU_SOURCE is how OpenLIT's GPU collector, through a collector's Prometheus exporter is read. */
export const OPENLIT_GPU_SOURCE = {
  source: "openlit-gpu",
  reads: "http",
  port: 8889,
  path: "/metrics",
} as const satisfies AgentSource;
