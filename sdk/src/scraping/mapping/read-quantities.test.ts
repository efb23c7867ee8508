import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readFixture } from "../../testing/source-fixtures.ts";
import { readExposition } from "../exposition/exposition-reader.ts";
import { isWanted, readQuantities } from "./read-quantities.ts";
import type { Histogram } from "./whole-histogram.ts";

const read = (text: string) => readQuantities(readExposition(text, { wants: isWanted }));
const valuesOf = (text: string) =>
  read(text).series.map(({ quantity, metric, value, attributes, isGuess }) => ({
    quantity,
    metric,
    value,
    attributes,
    isGuess,
  }));

describe("readQuantities", () => {
  it("converts to the quantity's unit, bounds and sums included", () => {
    const triton = readQuantities(readFixture("triton")).series;
    const find = (quantity: string) => triton.filter((one) => one.quantity === quantity);
    expect(find("request_latency_seconds_total")).toMatchObject([{ value: 6 }]);
    expect(find("time_to_first_token_seconds")[0]?.value).toEqual({
      buckets: [
        { le: 0.1, count: 110 },
        { le: 0.5, count: 118 },
        { le: 2, count: 120 },
        { le: 5, count: 120 },
        { le: "+Inf", count: 120 },
      ],
      sum: 5.5,
      count: 120,
    });
    expect(
      find("request_latency_quantile_seconds").map(({ value, attributes }) => [
        attributes["quantile"],
        value,
      ]),
    ).toEqual([
      ["0.5", 0.045],
      ["0.9", 0.08],
    ]);
  });

  it("counts a renamed metric once where both names are exposed, by the newer one", () => {
    const both =
      'vllm:gpu_cache_usage_perc{model_name="m"} 0.5\nvllm:kv_cache_usage_perc{model_name="m"} 0.5\n';
    expect(valuesOf(both).map(({ metric }) => metric)).toEqual(["vllm:kv_cache_usage_perc"]);
  });

  it("tells errors from successes by the reason", () => {
    const { series } = readQuantities(readFixture("vllm"));
    const sum = (quantity: string) =>
      series
        .filter((one) => one.quantity === quantity)
        .reduce((total, { value }) => total + (value as number), 0);
    expect([sum("requests_total"), sum("request_errors_total")]).toEqual([19, 2]);
  });

  it("leaves out what the driver has no value for", () => {
    const { series, blank } = readQuantities(readFixture("dcgm"));
    expect(blank).toBe(2);
    expect(series.filter(({ metric }) => metric === "DCGM_FI_DEV_ECC_DBE_AGG_TOTAL")).toEqual([]);
  });

  it("adds a GPU's memory up where the exporter has no total", () => {
    const total = readQuantities(readFixture("dcgm")).series.filter(
      ({ quantity }) => quantity === "gpu_memory_total_bytes",
    );
    expect(total.map(({ labels, value }) => [labels["gpu"], value])).toEqual([
      ["0", 45_000 * 1_048_576],
      ["1", 45_000 * 1_048_576],
    ]);
  });

  it("takes an unknown metric for a quantity by its shape, only where no known one gives it", () => {
    const text =
      "# TYPE vllm:time_between_tokens_seconds histogram\n# TYPE vllm:inter_token_time_ms histogram\n";
    const unknown = `${text}vllm:inter_token_time_ms_bucket{le="10"} 1\nvllm:inter_token_time_ms_bucket{le="+Inf"} 2\n`;
    expect(valuesOf(unknown)).toMatchObject([
      {
        quantity: "time_per_output_token_seconds",
        isGuess: true,
        value: {
          buckets: [
            { le: 0.01, count: 1 },
            { le: "+Inf", count: 2 },
          ],
        },
      },
    ]);
    const known = `${unknown}vllm:inter_token_latency_seconds_bucket{le="+Inf"} 5\n`;
    expect(valuesOf(known)).toMatchObject([{ metric: "vllm:inter_token_latency_seconds", isGuess: false }]);
  });

  it("counts histograms that were read while they changed, and sends none of them", () => {
    const torn =
      'vllm:e2e_request_latency_seconds_bucket{le="1"} 5\nvllm:e2e_request_latency_seconds_bucket{le="+Inf"} 4\n';
    expect(read(torn)).toMatchObject({ series: [], torn: 1 });
  });

  it("makes a histogram of more bounds than the server takes coarser, and loses no count", () => {
    const lines = Array.from(
      { length: 1_000 },
      (_, at) => `tgi_request_duration_bucket{le="${at + 1}"} ${at}`,
    );
    const [series] = read(`${lines.join("\n")}\ntgi_request_duration_bucket{le="+Inf"} 2000\n`).series;
    const { buckets, count } = series!.value as Histogram;
    expect(buckets.length).toBeLessThanOrEqual(512);
    expect(count).toBe(2_000);
    for (const bucket of buckets.slice(0, -1)) expect(bucket.count).toBe((bucket.le as number) - 1);
  });
});

// Scrapes of real servers are not in the repository; where they are at hand they are read, too.
const real = `${process.env["LEEWAY_SHARED"] ?? "/nowhere"}/data/metrics`;
const scrapes = existsSync(real) ? readdirSync(real).filter((name) => name.endsWith(".prom")) : [];
describe.skipIf(scrapes.length === 0)("real scrapes", () => {
  it("are read without a malformed line, a torn histogram or a guess", () => {
    for (const name of scrapes) {
      const exposition = readExposition(readFileSync(`${real}/${name}`, "utf8"), { wants: isWanted });
      const { series, torn } = readQuantities(exposition);
      expect({ name, malformed: exposition.malformed, torn }).toEqual({ name, malformed: 0, torn: 0 });
      expect(series.length, name).toBeGreaterThan(0);
      expect(
        series.filter(({ isGuess }) => isGuess),
        name,
      ).toEqual([]);
    }
  });
});
