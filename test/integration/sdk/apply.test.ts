import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startProcess } from "../ingest/start-process.ts";
import { API_KEY, type IngestServices, startIngestServices } from "../ingest/start-services.ts";

const MONITORS = `monitors:
  fraud-eu:
    model: fraud
    kind: performance
    window: 1d
    segment: { region: eu, amount: 100..500 }
    thresholds: { metric: accuracy, minimum: 0.9 }
  fraud-latency:
    model: fraud
    kind: latency_slo
    window: 6h
    objective: { threshold_ms: 200, target: 0.99, period: 28d }
`;
let services: IngestServices;
let folder: string;

beforeAll(async () => {
  services = await startIngestServices();
  folder = await mkdtemp(join(tmpdir(), "leeway-apply-"));
});
afterAll(async () => {
  await services?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function apply(text: string): Promise<{ code: unknown; output: string }> {
  await writeFile(join(folder, "monitors.yaml"), text);
  const command = startProcess(process.execPath, [
    ...["sdk/bin/leeway.mjs", "apply", "--file", folder, "--url", services.url, "--api-key", API_KEY],
  ]);
  const code = await new Promise((resolve) => command.child.once("close", resolve));
  return { code, output: command.output() };
}

it("makes the server's monitors those of the files, once", async () => {
  expect(await apply(MONITORS)).toMatchObject({
    code: 0,
    output: expect.stringContaining("2 of 2 monitors changed"),
  });
  expect(await apply(MONITORS)).toEqual({ code: 0, output: "0 of 2 monitors changed\n" });
  const changed = await apply(MONITORS.replace("0.9 }", "0.92 }"));
  expect(changed.output).toContain("~ fraud-eu\n");
  const { body } = await services.call("GET", "/v1/monitors/fraud-eu");
  expect(body).toMatchObject({
    thresholds: { minimum: 0.92 },
    segment: { region: "eu", amount: "100..500" },
  });
});

it("names the line of what the server refuses", async () => {
  const { code, output } = await apply(MONITORS.replace("target: 0.99", "target: 99"));
  expect(code).toBe(2);
  expect(output).toMatch(/monitors\.yaml:12: fraud-latency\.objective\.target: /);
});
