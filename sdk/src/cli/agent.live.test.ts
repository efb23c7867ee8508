import { expect, it } from "vitest";
import { createCliHarness } from "../testing/cli-harness.ts";
import { eventsOf } from "../testing/fake-runtime.ts";

it("leeway agent runs until it is interrupted, and reports that there is no GPU", async () => {
  const { run, requests, lines } = createCliHarness();
  expect(await run("agent", "--model", "m", "--version", "1", "--replica", "gpu-host")).toBe(0);
  expect(lines[0]).toMatch(/^GPU (absent|present)/);
  expect(requests.flatMap(eventsOf)).toContainEqual(
    expect.objectContaining({ metric: "gpu_count", replica: "gpu-host", model: "m" }),
  );
});
