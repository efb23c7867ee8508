import type { Alternative, Reading, SourceMetrics } from "../source-metrics.ts";

const TOKEN_TYPE = "gen_ai.token.type";

/** OpenTelemetry's names come as they are, or as Prometheus writes them: underscores, and the unit at the end. */
const named = (name: string, unit: string): Alternative[] => [name, `${name.replaceAll(".", "_")}_${unit}`];
const tokens = (type: "input" | "output", part?: Reading["part"]): Alternative[] => [
  { metric: "gen_ai.client.token.usage", where: { [TOKEN_TYPE]: [type] }, ...(part && { part }) },
  { metric: "gen_ai_client_token_usage", where: { gen_ai_token_type: [type] }, ...(part && { part }) },
];

/** GEN_AI_METRICS are the metrics of OpenTelemetry's conventions for generative AI; what the server measures counts before what its clients do. */
export const GEN_AI_METRICS = {
  source: "gen-ai",
  title: "OpenTelemetry GenAI",
  prefixes: ["gen_ai.", "gen_ai_"],
  expects: [],
  model: ["gen_ai.request.model", "gen_ai_request_model", "gen_ai.response.model", "gen_ai_response_model"],
  quantities: {
    request_latency_seconds: [
      ...named("gen_ai.server.request.duration", "seconds"),
      ...named("gen_ai.client.operation.duration", "seconds"),
    ],
    time_to_first_token_seconds: [
      ...named("gen_ai.server.time_to_first_token", "seconds"),
      ...named("gen_ai.client.operation.time_to_first_chunk", "seconds"),
    ],
    time_per_output_token_seconds: [
      ...named("gen_ai.server.time_per_output_token", "seconds"),
      ...named("gen_ai.client.operation.time_per_output_chunk", "seconds"),
    ],
    request_tokens_in: tokens("input"),
    request_tokens_out: tokens("output"),
    tokens_in_total: tokens("input", "sum"),
    tokens_out_total: tokens("output", "sum"),
  },
} as const satisfies SourceMetrics;
