import type { AgentSource } from "../agent-source.ts";

/** KSERVE_SOURCE is how KServe's Python server is read. */
export const KSERVE_SOURCE = {
  source: "kserve",
  reads: "http",
  port: 8080,
  path: "/metrics",
} as const satisfies AgentSource;
