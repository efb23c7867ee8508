import type { AgentSource } from "../agent-source.ts";

/** GEN_AI_SOURCE is how a program with OpenTelemetry's GenAI metrics is read: by the Prometheus exporter of its SDK. */
export const GEN_AI_SOURCE = {
  source: "gen-ai",
  reads: "http",
  port: 9464,
  path: "/metrics",
} as const satisfies AgentSource;
