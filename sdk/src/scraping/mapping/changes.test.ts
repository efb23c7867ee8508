import { describe, expect, it } from "vitest";
import { readExposition } from "../exposition/exposition-reader.ts";
import { changesBetween, changeText, type Seen, seenOf } from "./changes.ts";
import { findResets } from "./find-resets.ts";
import { isWanted, readQuantities } from "./read-quantities.ts";

const NONE = new Set<string>();
const histogram = (name: string, count = 3) =>
  `# TYPE ${name} histogram\n${name}_bucket{le="+Inf"} ${count}\n${name}_count ${count}\n${name}_sum 1\n`;
const gauge = (name: string) => `# TYPE ${name} gauge\n${name} 1\n`;
const BASE = [
  ...["vllm:e2e_request_latency_seconds", "vllm:time_to_first_token_seconds"].map((name) => histogram(name)),
  ...["vllm:num_requests_running", "vllm:num_requests_waiting", "vllm:kv_cache_usage_perc"].map(gauge),
  "# TYPE vllm:prompt_tokens_total counter\nvllm:prompt_tokens_total 1\nvllm:generation_tokens_total 1\n",
].join("");

function look(text: string): { seen: Seen; series: ReturnType<typeof readQuantities>["series"] } {
  const exposition = readExposition(text, { wants: isWanted });
  const { series } = readQuantities(exposition);
  return { seen: seenOf(exposition, series), series };
}
const between = (before: string, now: string, missing: ReadonlySet<string> = NONE) =>
  changesBetween(look(before).seen, look(now).seen, missing).map((change) => changeText(change, "gpu-a"));

describe("changesBetween", () => {
  it("reports a renamed metric by both names, within one scrape", () => {
    const old = BASE + histogram("vllm:time_per_output_token_seconds");
    const renamed = BASE + histogram("vllm:inter_token_latency_seconds");
    expect(between(old, renamed)).toEqual([
      "vLLM at gpu-a: `vllm:time_per_output_token_seconds` is gone; `vllm:inter_token_latency_seconds` is new and gives time_per_output_token_seconds.",
    ]);
  });

  it("reports a quantity that is gone, with the likely new name of its metric", () => {
    const old = BASE + histogram("vllm:time_to_first_token_seconds");
    const renamed = old.replaceAll("vllm:num_requests_waiting", "vllm:queued_requests_waiting_now");
    expect(between(old, renamed)).toEqual([
      "vLLM at gpu-a: `vllm:num_requests_waiting` is gone; `vllm:queued_requests_waiting_now` is new and gives requests_waiting.",
    ]);
    const strange = old.replaceAll("vllm:num_requests_waiting", "vllm:num_requests_parked");
    expect(between(old, strange)).toEqual([
      "vLLM at gpu-a: `vllm:num_requests_waiting` is gone, and requests_waiting with it. `vllm:num_requests_parked` is new and may be its new name.",
    ]);
    expect(between(old, old.replaceAll(gauge("vllm:num_requests_waiting"), ""))).toEqual([
      "vLLM at gpu-a: `vllm:num_requests_waiting` is gone, and requests_waiting with it.",
    ]);
  });

  it("reports at the first scrape what every version gives and this one does not", () => {
    const renamed = BASE + histogram("vllm:delay_per_token");
    const texts = changesBetween(undefined, look(renamed).seen, NONE).map((change) =>
      changeText(change, "gpu-a"),
    );
    expect(texts).toEqual([
      "vLLM at gpu-a: time_per_output_token_seconds is missing; `vllm:inter_token_latency_seconds` was expected.",
    ]);
  });

  it("does not take a family that is declared without samples for gone", () => {
    const fresh = BASE.replaceAll("vllm:num_requests_waiting 1\n", "");
    expect(between(BASE, fresh)).toEqual([]);
  });

  it("reports a quantity that is there again", () => {
    expect(
      between(
        BASE.replaceAll(gauge("vllm:num_requests_waiting"), ""),
        BASE,
        new Set(["vllm requests_waiting"]),
      ),
    ).toEqual(["vLLM at gpu-a: requests_waiting is there again, as `vllm:num_requests_waiting`."]);
  });

  it("says when it takes a metric for a quantity by its shape", () => {
    const shaped = BASE + histogram("vllm:inter_token_time_seconds");
    const texts = changesBetween(undefined, look(shaped).seen, NONE).map((change) =>
      changeText(change, "gpu-a"),
    );
    expect(texts[0]).toBe(
      "vLLM at gpu-a: `vllm:inter_token_time_seconds` is not known by name; by its shape it is taken for time_per_output_token_seconds.",
    );
  });
});

it("findResets names the counters and histograms that fell, and remembers the new values", () => {
  const before = look(BASE + histogram("vllm:inter_token_latency_seconds", 9)).series;
  const after = look(BASE + histogram("vllm:inter_token_latency_seconds", 2)).series;
  const first = findResets(new Map(), before);
  expect(first.metrics).toEqual([]);
  const second = findResets(first.totals, after);
  expect(second.metrics).toEqual(["vllm:inter_token_latency_seconds"]);
  expect(findResets(second.totals, after).metrics).toEqual([]);
});
