import { describe, expect, it } from "vitest";
import { createNvidiaSmi } from "./run-nvidia-smi.ts";

describe("createNvidiaSmi", () => {
  it("tells that the command isn't installed from a command that fails or hangs", async () => {
    expect(await createNvidiaSmi(60_000, "no-such-nvidia-smi")(["index"])).toEqual({
      kind: "absent",
      reason: "nvidia-smi is not installed",
    });
    expect((await createNvidiaSmi(60_000, "false")(["index"])).kind).toBe("failed");
    expect(await createNvidiaSmi(60_000, "echo")(["index"])).toEqual({
      kind: "answered",
      text: "--query-gpu=index --format=csv,noheader,nounits\n",
    });
  });
});
