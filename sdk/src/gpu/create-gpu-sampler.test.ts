import { describe, expect, it } from "vitest";
import type { TelemetrySample } from "../events/types.ts";
import { createFakeRuntime } from "../testing/fake-runtime.ts";
import { createGpuSampler, type GpuState } from "./create-gpu-sampler.ts";
import { GPU_FIELDS, parseGpuTable } from "./gpu-query.ts";
import type { GpuQueryOutcome } from "./run-nvidia-smi.ts";

const TWO_GPUS = [
  "0, GPU-11111111-aaaa-bbbb-cccc-000000000001, NVIDIA H200, 87, 41, 32362, 143771, 627.40, 700.00, 52, 61, 1980, 3201",
  "1, GPU-11111111-aaaa-bbbb-cccc-000000000002, NVIDIA T4, 0, [Not Supported], 3, 15360, [N/A], [Insufficient Permissions], 34, N/A, 300, [Requested functionality has been deprecated]",
  "",
].join("\n");

function setUp(outcomes: readonly (GpuQueryOutcome | Error)[]) {
  const runtime = createFakeRuntime();
  const samples: TelemetrySample[] = [];
  const states: [GpuState, string][] = [];
  const asked: (readonly string[])[] = [];
  const sampler = createGpuSampler(
    {
      leeway: { telemetry: (sample) => samples.push(sample) },
      intervalMs: 1_000,
      onState: (state, reason) => states.push([state, reason]),
    },
    runtime,
    async (fields) => {
      asked.push(fields);
      const outcome = outcomes[Math.min(asked.length, outcomes.length) - 1] as GpuQueryOutcome | Error;
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
  );
  return { runtime, samples, states, asked, sampler };
}

describe("parseGpuTable", () => {
  it("turns each reading into the metric's unit and leaves out what the driver can't tell", () => {
    const { gpus, samples } = parseGpuTable(TWO_GPUS, GPU_FIELDS);
    expect(gpus).toBe(2);
    const first = samples.filter((sample) => sample.attributes?.["gpu_index"] === "0");
    expect(Object.fromEntries(first.map(({ metric, value }) => [metric, value]))).toEqual({
      gpu_utilization: 0.87,
      gpu_memory_bandwidth_utilization: 0.41000000000000003,
      gpu_memory_used_bytes: 32_362 * 1_048_576,
      gpu_memory_total_bytes: 143_771 * 1_048_576,
      gpu_power_watts: 627.4,
      gpu_power_limit_watts: 700,
      gpu_temperature_celsius: 52,
      gpu_memory_temperature_celsius: 61,
      gpu_clock_sm_hertz: 1_980_000_000,
      gpu_clock_memory_hertz: 3_201_000_000,
    });
    const second = samples.filter((sample) => sample.attributes?.["gpu_name"] === "NVIDIA T4");
    expect(second.map(({ metric }) => metric)).toEqual([
      "gpu_utilization",
      "gpu_memory_used_bytes",
      "gpu_memory_total_bytes",
      "gpu_temperature_celsius",
      "gpu_clock_sm_hertz",
    ]);
  });
});

describe("createGpuSampler", () => {
  it("records gauges for each GPU at every interval, until it is stopped", async () => {
    const { runtime, samples, states, sampler } = setUp([{ kind: "answered", text: TWO_GPUS }]);
    await runtime.advance(2_500);
    expect(samples.filter(({ metric }) => metric === "gpu_utilization")).toHaveLength(6);
    expect(samples.filter(({ metric }) => metric === "gpu_count").map(({ value }) => value)).toEqual([
      2, 2, 2,
    ]);
    expect(states).toEqual([["present", "2 GPU"]]);
    sampler.stop();
    await runtime.advance(10_000);
    expect(sampler.stats()).toMatchObject({ gpu: "present", gpus: 2, readings: 3 });
    expect(runtime.keptAlive()).toBe(0);
  });

  it("says once that there is no GPU, records a count of zero and invents nothing", async () => {
    const { runtime, samples, states, sampler } = setUp([
      { kind: "absent", reason: "nvidia-smi is not installed" },
    ]);
    await runtime.advance(60_000);
    expect(samples).toEqual([{ metric: "gpu_count", kind: "gauge", unit: "1", value: 0 }]);
    expect(states).toEqual([["absent", "nvidia-smi is not installed"]]);
    expect(sampler.stats().gpu).toBe("absent");
  });

  it("does without a field that an older driver doesn't know", async () => {
    const { runtime, asked, sampler } = setUp([
      { kind: "failed", reason: 'Field "temperature.memory" is not a valid field to query.' },
      { kind: "answered", text: "0, GPU-1, Tesla K80, 5, 1, 10, 11441, 30, 149, 40, 562, 2505\n" },
    ]);
    await runtime.settle();
    expect(asked[1]).toEqual(GPU_FIELDS.filter((field) => field !== "temperature.memory"));
    expect(sampler.stats().gpu).toBe("present");
  });

  it("goes on asking when the driver doesn't answer, and when the query itself breaks", async () => {
    const { runtime, states } = setUp([
      {
        kind: "failed",
        reason: "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver",
      },
      new Error("spawn failed"),
      { kind: "answered", text: TWO_GPUS },
    ]);
    await runtime.advance(3_000);
    expect(states.map(([state]) => state)).toEqual(["failing", "present"]);
  });
});
