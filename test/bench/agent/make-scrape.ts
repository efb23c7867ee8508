const BOUNDS = [0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680];
const HISTOGRAMS = [
  "e2e_request_latency_seconds",
  "time_to_first_token_seconds",
  "inter_token_latency_seconds",
  "request_time_per_output_token_seconds",
  "request_queue_time_seconds",
  "request_prefill_time_seconds",
  "request_decode_time_seconds",
  "request_inference_time_seconds",
  "iteration_tokens_total",
  "request_prompt_tokens",
  "request_generation_tokens",
  "request_params_n",
  "request_params_max_tokens",
];
const COUNTERS = [
  ...["prompt_tokens", "generation_tokens", "prompt_tokens_cached", "prefix_cache_queries"],
  ...["prefix_cache_hits", "num_preemptions"],
];
const GAUGES = ["num_requests_running", "num_requests_waiting", "kv_cache_usage_perc"];

/** SERIES is how many series a made scrape has. */
export const SERIES = 500;

/** makeScrape returns a scrape of an engine in vLLM's form with 500 series, each of a value that grows with every turn. */
export function makeScrape(endpoint: number, turn: number): string {
  const labels = `engine="0",model_name="acme/model-${endpoint % 20}"`;
  const lines: string[] = [];
  let series = 0;
  const add = (name: string, more: string, value: number): void => {
    lines.push(`vllm:${name}{${labels}${more}} ${value}`);
    series++;
  };
  for (const name of HISTOGRAMS) {
    lines.push(`# HELP vllm:${name} Histogram.`, `# TYPE vllm:${name} histogram`);
    BOUNDS.forEach((bound, at) => {
      add(`${name}_bucket`, `,le="${bound}"`, (turn + 1) * (at + 1) * 7);
    });
    add(`${name}_bucket`, ',le="+Inf"', (turn + 1) * (BOUNDS.length + 1) * 7);
    add(`${name}_count`, "", (turn + 1) * (BOUNDS.length + 1) * 7);
    add(`${name}_sum`, "", (turn + 1) * 123.456);
  }
  for (const name of COUNTERS) {
    lines.push(`# TYPE vllm:${name}_total counter`);
    add(`${name}_total`, "", (turn + 1) * 1_001);
  }
  for (const name of GAUGES) {
    lines.push(`# TYPE vllm:${name} gauge`);
    add(name, "", name.endsWith("perc") ? ((turn * 7) % 100) / 100 : (turn * 3) % 50);
  }
  lines.push("# TYPE python_gc_objects_collected_total counter");
  for (let at = 0; series < SERIES; at++) add("python_gc_objects", `,generation="${at}"`, turn * at);
  return `${lines.join("\n")}\n`;
}
