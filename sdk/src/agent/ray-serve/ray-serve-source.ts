import type { AgentSource } from "../agent-source.ts";

/** RAY_SERVE_SOURCE is how Ray Serve is read. */
export const RAY_SERVE_SOURCE = {
  source: "ray-serve",
  reads: "http",
  port: 8080,
  path: "/metrics",
} as const satisfies AgentSource;
