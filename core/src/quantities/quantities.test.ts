import { describe, expect, it } from "vitest";
import {
  findReadings,
  guessQuantity,
  isBlankReading,
  namesOf,
  type Quantity,
  readingsOf,
  SOURCES,
} from "./index.ts";
import type { SourceMetrics } from "./source-metrics.ts";

const every = Object.values(SOURCES as Record<string, SourceMetrics>).flatMap(({ source, quantities }) =>
  Object.entries(quantities).flatMap(([quantity, alternatives]) =>
    (alternatives ?? []).flatMap((alternative, rank) =>
      readingsOf(alternative).map((reading) => ({ source, quantity: quantity as Quantity, rank, reading })),
    ),
  ),
);

describe("findReadings", () => {
  it("finds every reading of every table by its metric's name", () => {
    const lost = every.filter(
      (one) =>
        !findReadings(one.reading.metric).some(
          (found) =>
            found.reading === one.reading || (found.quantity === one.quantity && found.rank === one.rank),
        ),
    );
    expect(lost).toEqual([]);
  });

  it.each([
    ["vllm:gpu_cache_usage_perc", "kv_cache_utilization"],
    ["vllm:kv_cache_usage_perc", "kv_cache_utilization"],
    ["ray_vllm:inter_token_latency_seconds", "time_per_output_token_seconds"],
    ["ray_vllm_num_requests_running", "requests_running"],
    ["tgi_request_success_total", "requests_total"],
    ["vllm:prompt_tokens", "tokens_in_total"],
    ["hw.gpu.memory.usage", "gpu_memory_used_bytes"],
  ])("knows %s", (metric, quantity) => {
    expect(findReadings(metric).map((one) => one.quantity)).toContain(quantity);
  });

  it("knows nothing of what is nobody's", () => {
    expect(findReadings("http_requests_total")).toEqual([]);
    expect(findReadings("__proto__")).toEqual([]);
  });

  it("names a quantity's metrics, the newest first", () => {
    expect(namesOf("vllm", "time_per_output_token_seconds")).toEqual([
      "vllm:inter_token_latency_seconds",
      "vllm:time_per_output_token_seconds",
    ]);
  });
});

describe("guessQuantity", () => {
  it.each([
    ["vllm:inter_token_time_milliseconds", "histogram", "time_per_output_token_seconds", 0.001],
    ["vllm:ttft_seconds", "histogram", "time_to_first_token_seconds", 1],
    ["vllm:kv_cache_usage_ratio", "gauge", "kv_cache_utilization", 1],
    ["vllm:kv_cache_usage_percent", "gauge", "kv_cache_utilization", 0.01],
    ["vllm:requests_running", "gauge", "requests_running", 1],
    ["sglang:output_tokens_total", "counter", "tokens_out_total", 1],
    ["trtllm_request_queue_duration_seconds", "histogram", "queue_time_seconds", 1],
  ] as const)("takes %s for what its words, kind and unit say", (metric, kind, quantity, factor) => {
    expect(guessQuantity(metric, kind)).toMatchObject({ quantity, factor });
  });

  it.each([
    ["has no unit", "vllm:inter_token_latency", "histogram"],
    ["is of another kind", "vllm:inter_token_latency_seconds", "gauge"],
    ["is a limit", "vllm:request_max_num_generation_tokens", "histogram"],
    ["is a part", "vllm:num_requests_waiting_by_reason", "gauge"],
    ["is another cache", "vllm:cpu_cache_usage_perc", "gauge"],
    ["is another cache", "vllm:external_prefix_cache_hits_total", "counter"],
    ["is no quantity", "vllm:lora_requests_info", "gauge"],
    ["is nobody's", "app_inter_token_latency_seconds", "histogram"],
  ] as const)("takes nothing for a quantity that %s: %s", (_, metric, kind) => {
    expect(guessQuantity(metric, kind)).toBeUndefined();
  });
});

it("isBlankReading knows the numbers that stand for no value, and nothing beside them", () => {
  for (const blank of [140737488355328, 140737488355331, 0x7ffffff0, 0x7ffffff3, 2 ** 63])
    expect(isBlankReading(blank)).toBe(true);
  for (const value of [0, 100, 143771, 0x7fffffff, 140737488355327])
    expect(isBlankReading(value)).toBe(false);
});
