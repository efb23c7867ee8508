import { describe, expect, it } from "vitest";
import type { GpuQueryOutcome } from "../../gpu/run-nvidia-smi.ts";
import { readQuantities } from "../../scraping/mapping/read-quantities.ts";
import { readFixture } from "../../testing/source-fixtures.ts";
import { createNvidiaSmiReader } from "./read-nvidia-smi.ts";

describe("createNvidiaSmiReader", () => {
  it("does without the fields that an older driver doesn't know, and remembers them", async () => {
    const unknown = ["memory.reserved", "gpu_recovery_action"];
    const asked: string[] = [];
    const read = createNvidiaSmiReader("nvidia-smi", async (query, fields): Promise<GpuQueryOutcome> => {
      asked.push(query);
      if (query === "compute-apps") return { kind: "failed", reason: "not permitted" };
      const bad = fields.find((field) => unknown.includes(field));
      if (bad !== undefined)
        return { kind: "failed", reason: `Field "${bad}" is not a valid field to query.` };
      return { kind: "answered", text: fields.map((field) => (field === "index" ? "0" : "1")).join(", ") };
    });
    for (let round = 0; round < 2; round++) {
      const outcome = await read(1_000);
      expect(outcome).toMatchObject({ kind: "read", exposition: { lines: 1 } });
    }
    expect(asked.filter((query) => query === "gpu")).toHaveLength(4);
  });

  it("answers a count of zero where there is no GPU, and the reason where it doesn't answer", async () => {
    const absent = createNvidiaSmiReader("x", async () => ({ kind: "absent", reason: "not installed" }));
    const outcome = await absent(1_000);
    if (outcome.kind !== "read") throw new Error(outcome.message);
    expect(readQuantities(outcome.exposition).series).toMatchObject([{ quantity: "gpu_count", value: 0 }]);
    const failing = createNvidiaSmiReader("x", async () => ({ kind: "failed", reason: "no driver" }));
    expect(await failing(1_000)).toEqual({ kind: "failed", reason: "unreachable", message: "no driver" });
  });

  it("reads throttle reasons, repairs and processes of each GPU, and nothing that the driver can't tell", () => {
    const { series } = readQuantities(readFixture("nvidia-smi"));
    const of = (quantity: string) =>
      series
        .filter((one) => one.quantity === quantity)
        .map(({ labels, attributes, value }) => ({ ...labels, ...attributes, value }));
    expect(of("gpu_throttled").filter(({ value }) => value === 1)).toMatchObject([
      { uuid: "GPU-0000-0", reason: "sw_power_cap" },
    ]);
    expect(of("gpu_needs_recovery")).toMatchObject([
      { uuid: "GPU-0000-0", action: "None", value: 0 },
      { uuid: "GPU-0000-1", action: "GPU Reset", value: 1 },
    ]);
    expect(of("gpu_process_memory_used_bytes")).toEqual([
      {
        gpu_uuid: "GPU-0000-0",
        pid: "4242",
        process_name: "/usr/bin/python3 serve.py,a=1",
        value: 30_208 * 1_048_576,
      },
    ]);
    expect(of("gpu_power_watts")).toMatchObject([{ uuid: "GPU-0000-0", value: 627.4 }]);
    expect(of("gpu_count")).toEqual([{ value: 2 }]);
  });
});
