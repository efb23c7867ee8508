import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseAgentConfig } from "./agent-config.ts";
import { readFileTargets } from "./file-targets.ts";
import { targetOfPod } from "./kubernetes-targets.ts";
import { toTarget } from "./to-target.ts";

const URL_A = "http://gpu-a:8000/metrics";
const problemsOf = (config: unknown) => {
  const outcome = parseAgentConfig(config);
  return outcome.kind === "wrong" ? outcome.problems.map(({ field, message }) => `${field}: ${message}`) : [];
};

describe("parseAgentConfig", () => {
  it.each([
    [{}, "targets: there is nothing to read: give targets, files or kubernetes"],
    [{ targets: [{ url: "gpu-a:8000" }] }, "targets[0].url: expected an http or https address"],
    [{ targets: [{ url: URL_A, sorce: "vllm" }] }, "targets[0].sorce: there is no such field"],
    [{ targets: [{ url: URL_A }, { model: "m" }] }, "targets[1]: give one of url, host and nvidia_smi"],
    [
      { targets: [{ host: "gpu-a" }] },
      "targets[0].source: a host needs its source, which says port and path",
    ],
    [
      { targets: [{ host: "10.0.0.256", source: "dcgm" }] },
      "targets[0].host: is no address: look at its numbers and its port",
    ],
    [
      { targets: [{ host: "gpu-a:99999", source: "dcgm" }] },
      "targets[0].host: is no address: look at its numbers and its port",
    ],
    [{ targets: [{ url: URL_A, version: "7" }] }, "targets[0].version: a version needs its model"],
    [{ targets: [{ url: URL_A }], interval: "15" }, "interval: expected a duration such as 15s, 1m or 1h"],
    [{ targets: [{ url: URL_A }], timeout: "1m" }, "timeout: must not be longer than interval"],
    [
      { targets: [{ url: URL_A }], assign: [{ when: { pod: "(" }, model: "m" }] },
      'assign[0].when.pod: "(" is no regular expression',
    ],
    [
      { targets: [{ url: URL_A }], assign: [{ when: {} }] },
      "assign[0]: a rule gives a model, a version or a replica",
    ],
  ])("names the field of a mistake: %j", (config, problem) => expect(problemsOf(config)).toContain(problem));

  it("fills in the defaults, and a host's port and path by its source", () => {
    const outcome = parseAgentConfig({
      targets: [
        { host: "gpu-a", source: "triton" },
        { host: "[::1]:9", source: "tensorrt-llm" },
        { nvidia_smi: true },
      ],
    });
    if (outcome.kind === "wrong") throw new Error(JSON.stringify(outcome.problems));
    const targets = outcome.config.targets.map((target) => toTarget(target, outcome.config, "agent-host"));
    expect(targets.map(({ id, name }) => [id, name])).toEqual([
      ["http://gpu-a:8002/metrics", "gpu-a:8002"],
      ["http://[::1]:9/prometheus/metrics", "[::1]:9"],
      ["nvidia-smi", "agent-host"],
    ]);
    expect(targets[0]).toMatchObject({ intervalMs: 15_000, timeoutMs: 5_000, maxBytes: 16_777_216 });
  });
});

it("what an address carries to be let in is neither shown nor sent, and all of it is asked", () => {
  const url = "http://scraper:s3cret@gpu-a:9400/metrics?module=gpu&access_token=t0p";
  const outcome = parseAgentConfig({ targets: [{ url }] });
  if (outcome.kind === "wrong") throw new Error(JSON.stringify(outcome.problems));
  const { id, from } = toTarget(outcome.config.targets[0]!, outcome.config, "agent-host");
  expect(id).toBe("http://gpu-a:9400/metrics?module=gpu&access_token=REDACTED");
  expect(from).toEqual({ kind: "http", url });
});

it("the example of a configuration is a valid one", () => {
  const example = readFileSync(new URL("../../../examples/agent/agent.yaml", import.meta.url), "utf8");
  expect(problemsOf(parse(example))).toEqual([]);
});

describe("readFileTargets", () => {
  const dir = mkdtempSync(`${tmpdir()}/leeway-targets-`);
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const read = (content: string) => {
    writeFileSync(`${dir}/targets.yaml`, content);
    return readFileTargets(`${dir}/targets.yaml`);
  };

  it("reads targets in the agent's form and in Prometheus'", async () => {
    const found = await read(
      `- url: ${URL_A}\n  model: chat\n- targets: ["gpu-b:8000", "https://gpu-c/m", "no host"]\n  labels: {zone: b, __metrics_path__: /m}\n`,
    );
    expect(found).toMatchObject({
      kind: "found",
      targets: [
        { target: { url: URL_A, model: "chat" } },
        { target: { url: "http://gpu-b:8000/m", labels: { zone: "b" } }, meta: { zone: "b" } },
        { target: { url: "https://gpu-c/m" } },
      ],
      problems: [`${dir}/targets.yaml: no host: expected an http or https address`],
    });
  });

  it("says what is wrong with a file, and where", async () => {
    expect(await read("a: [")).toMatchObject({
      kind: "failed",
      message: expect.stringContaining("targets.yaml: "),
    });
    expect(await read("- model: m\n")).toMatchObject({ kind: "failed" });
    expect(await readFileTargets(`${dir}/none.yaml`)).toMatchObject({
      kind: "failed",
      message: expect.stringContaining("ENOENT"),
    });
  });
});

describe("targetOfPod", () => {
  const pod = (
    annotations: Record<string, string>,
    status: object = { phase: "Running", podIP: "10.1.2.3" },
  ) => ({
    metadata: { name: "chat-0", namespace: "serving", annotations, labels: { rev: "9" } },
    spec: { nodeName: "node-1" },
    status,
  });

  it.each([
    [{ "prometheus.io/scrape": "true", "prometheus.io/port": "8000" }, "http://10.1.2.3:8000/metrics"],
    [
      { "prometheus.io/scrape": "true", "prometheus.io/port": "8000", "prometheus.io/path": "m" },
      "http://10.1.2.3:8000/m",
    ],
    [
      {
        "serving.kserve.io/enable-prometheus-scraping": "true",
        "prometheus.kserve.io/port": "8080",
        "prometheus.kserve.io/path": "/metrics",
      },
      "http://10.1.2.3:8080/metrics",
    ],
    [
      { "leeway/scrape": "true", "leeway/port": "9", "leeway/scheme": "https", "prometheus.io/port": "8" },
      "https://10.1.2.3:9/metrics",
    ],
  ])("reads %j", (annotations, url) => {
    expect(targetOfPod(pod(annotations as Record<string, string>))).toMatchObject({
      target: { url, replica: "chat-0", labels: { namespace: "serving", pod: "chat-0" } },
      meta: { node: "node-1", pod_label_rev: "9" },
    });
  });

  it("takes model and version from its own annotations, and says which one is wrong", () => {
    const own = { "leeway/scrape": "true", "leeway/model": "chat", "leeway/version": "7" };
    expect(targetOfPod(pod(own))).toMatchObject({ target: { model: "chat", version: "7" } });
    expect(targetOfPod(pod({ ...own, "leeway/source": "vlm" }))).toMatch(/^pod serving\/chat-0: source: /);
  });

  it.each([
    [pod({})],
    [pod({ "prometheus.io/scrape": "false" })],
    [pod({ "leeway/scrape": "false", "prometheus.io/scrape": "true" })],
    [pod({ "prometheus.io/scrape": "true" }, { phase: "Pending" })],
    [pod({ "prometheus.io/scrape": "true" }, { phase: "Succeeded", podIP: "10.1.2.3" })],
  ])("leaves out a pod that doesn't ask, or doesn't run", (given) =>
    expect(targetOfPod(given)).toBeUndefined(),
  );
});
