import type { AgentSource } from "../agent-source.ts";

/** TGI_SOURCE is how Text Generation Inference is read. */
export const TGI_SOURCE = {
  source: "tgi",
  reads: "http",
  port: 80,
  path: "/metrics",
} as const satisfies AgentSource;
