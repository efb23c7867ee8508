import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
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
  return leeway("apply", "--file", folder);
}

async function leeway(...args: string[]): Promise<{ code: unknown; output: string }> {
  const command = startProcess(process.execPath, [
    ...["sdk/bin/leeway.mjs", ...args, "--url", services.url, "--api-key", API_KEY],
  ]);
  const code = await new Promise((resolve) => command.child.once("close", resolve));
  return { code, output: command.output() };
}

it("makes the server's monitors those of the files, once", async () => {
  expect(await apply(MONITORS)).toMatchObject({
    code: 0,
    output: expect.stringContaining("2 changed, 0 as declared"),
  });
  expect(await apply(MONITORS)).toEqual({ code: 0, output: "0 changed, 2 as declared\n" });
  const changed = await apply(MONITORS.replace("0.9 }", "0.92 }"));
  expect(changed.output).toContain("~ monitor fraud-eu\n");
  const { body } = await services.call("GET", "/v1/monitors/fraud-eu");
  expect(body).toMatchObject({
    thresholds: { minimum: 0.92 },
    segment: { region: "eu", amount: "100..500" },
  });
});

it("names the line of what the server refuses", async () => {
  expect(await apply(MONITORS.replace("target: 0.99", "target: 99"))).toEqual({
    code: 2,
    output: expect.stringMatching(/monitors\.yaml:12: fraud-latency\.objective\.target: /),
  });
});

it("writes down what is configured, and applying that changes nothing", async () => {
  const channel = { kind: "pagerduty", name: "On call", routing_key: "0123456789abcdef0123456789ABCDEF" };
  await services.call("POST", "/v1/channels", channel);
  const file = join(folder, "exported", "leeway.yaml");
  await mkdir(join(folder, "exported"));
  expect(await leeway("export", "--file", file)).toMatchObject({ code: 0 });
  expect(await leeway("apply", "--file", file, "--prune")).toEqual({
    code: 0,
    output: "0 changed, 3 as declared\n",
  });
});
