import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { afterEach, describe, expect, it } from "vitest";
import { runCli } from "../cli/run-cli.ts";
import { systemRuntime } from "../config.ts";
import { type HttpDouble, startHttpDouble } from "../testing/http-double.ts";
import { type Notice, startAgent } from "./index.ts";

type Sample = {
  metric: string;
  model?: string;
  version?: string;
  replica: string;
  value?: number;
  buckets?: object[];
  attributes: Record<string, string>;
};

const VLLM = readFileSync(new URL("vllm/scrape.prom", import.meta.url), "utf8");
const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function serve(answer: Parameters<typeof startHttpDouble>[0]): Promise<HttpDouble> {
  const double = await startHttpDouble(answer);
  open.push(double.close);
  return double;
}

const serveText = (text: string) => serve((_, response) => response.end(text));

/** An ingest that stores everything. */
async function serveIngest(): Promise<{ url: string; samples: Sample[] }> {
  const samples: Sample[] = [];
  const { url } = await serve(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const batch = JSON.parse(text) as { samples: Sample[] };
    samples.push(...batch.samples);
    response.end(JSON.stringify({ accepted: batch.samples.length, duplicate: 0, rejected: [] }));
  });
  return { url, samples };
}

async function start(config: object) {
  const ingest = await serveIngest();
  const notices: Notice[] = [];
  const agent = await startAgent({
    url: ingest.url,
    apiKey: "lw_key",
    config,
    onNotice: (notice) => notices.push(notice),
  });
  open.push(() => agent.close(1_000));
  return { ...ingest, agent, notices };
}

// As a file is replaced that somebody reads meanwhile.
function replaceFile(path: string, content: string): void {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}

// Comments only: nothing in it is malformed, and it never ends.
function writeForEver(response: ServerResponse): void {
  const piece = "# HELP x 0123456789012345678901234567890123456789\n".repeat(1_000);
  const write = (): void => {
    while (response.writable && response.write(piece));
  };
  response.on("drain", write);
  write();
}

describe("the agent", () => {
  it("reports what a good endpoint says while others hang, die, answer garbage or never end", async () => {
    const good = await serveText(VLLM);
    const bad = {
      hangs: await serve(() => undefined),
      drips: await serve((_, response) => {
        const timer = setInterval(() => response.write("a"), 50);
        response.on("close", () => clearInterval(timer));
      }),
      dies: await serve((_, response) => {
        response.write("vllm:num_requests_running 1\n", () => response.socket?.destroy());
      }),
      html: await serveText("<!doctype html><html><body>sign in</body></html>"),
      garbage: await serveText("\u0000\u0001garbage\n".repeat(500)),
      refuses: await serve((_, response) => response.writeHead(503).end()),
      endless: await serve((_, response) => writeForEver(response)),
      announced: await serve((_, response) =>
        response.writeHead(200, { "content-length": 104_857_600 }).write("a 1\n"),
      ),
    };
    const targets = [good, ...Object.values(bad)].map(({ url }) => ({ url: `${url}/metrics` }));
    const { samples, notices, agent } = await start({
      interval: "1s",
      timeout: "1s",
      max_bytes: 1_048_576,
      targets,
    });
    await expect
      .poll(() => new Set(notices.filter(({ kind }) => kind === "down").map(({ target }) => target)).size)
      .toBe(Object.keys(bad).length);
    const why = (name: keyof typeof bad) =>
      notices.find(({ target }) => target.startsWith(bad[name].url))?.message;
    expect(why("hangs")).toContain("no whole answer within 1000 ms");
    expect(why("drips")).toContain("no whole answer within 1000 ms");
    expect(why("dies")).toMatch(/closed|aborted|reset|hang up/);
    expect(why("html")).toContain("not in the Prometheus text format");
    expect(why("garbage")).toContain("not in the Prometheus text format");
    expect(why("refuses")).toContain("HTTP 503");
    expect(why("endless")).toContain("more than 1048576 bytes");
    expect(why("announced")).toContain("104857600 bytes");
    await expect
      .poll(() => samples.filter(({ metric }) => metric === "tokens_out_total").length)
      .toBeGreaterThan(2);
    expect(samples.find(({ metric }) => metric === "time_per_output_token_seconds")).toMatchObject({
      ...{
        kind: "histogram",
        unit: "seconds",
        model: "acme/chat-8b",
        replica: `127.0.0.1:${good.port}`,
        count: 410,
        sum: 6.5,
      },
      buckets: [
        { le: 0.01, count: 10 },
        { le: 0.025, count: 400 },
        { le: "+Inf", count: 410 },
      ],
      attributes: { source: "vllm", engine: "0" },
    });
    const states = agent.stats().targets;
    expect(states.filter(({ isUp }) => isUp).map(({ target }) => target)).toEqual([`${good.url}/metrics`]);
  });

  it("finds pods by their annotations with the service account's token, page by page, and reads a file of targets again", async () => {
    const dir = mkdtempSync(`${tmpdir()}/leeway-agent-`);
    open.push(() => rmSync(dir, { recursive: true, force: true }));
    writeFileSync(`${dir}/token`, "t-1\n");
    const engine = await serveText(VLLM);
    const asked: string[] = [];
    const api = await serve((request, response) => {
      asked.push(`${request.headers.authorization} ${request.url}`);
      const { searchParams } = new URL(request.url ?? "", "http://api");
      const pod = (name: string, version: string) => ({
        metadata: {
          ...{ name, namespace: "serving", labels: { rev: version } },
          annotations: {
            "prometheus.io/scrape": "true",
            "prometheus.io/port": String(engine.port),
            "prometheus.io/path": `/${name}`,
          },
        },
        status: { phase: "Running", podIP: "127.0.0.1" },
      });
      const isFirst = !searchParams.has("continue");
      const items = isFirst
        ? [pod("chat-0", "7")]
        : [pod("chat-1", "8"), { metadata: { name: "db", namespace: "serving" } }];
      response.end(JSON.stringify({ metadata: isFirst ? { continue: "next" } : {}, items }));
    });
    writeFileSync(`${dir}/targets.json`, "[]");
    const { samples, agent, notices } = await start({
      ...{ interval: "1s", timeout: "1s", refresh: "1s", files: [{ path: `${dir}/targets.json` }] },
      kubernetes: { namespaces: ["serving"], selector: "app=chat", api: api.url, token_file: `${dir}/token` },
      assign: [{ when: { namespace: "serving" }, model: "chat", version: ["$", "{pod_label_rev}"].join("") }],
    });
    const origins = () =>
      new Set(
        samples
          .filter(({ metric }) => metric === "requests_running")
          .map(({ model, version, replica }) => `${model} ${version} ${replica}`),
      );
    await expect.poll(() => [...origins()].sort()).toEqual(["chat 7 chat-0", "chat 8 chat-1"]);
    expect(asked.slice(0, 2)).toEqual([
      "Bearer t-1 /api/v1/namespaces/serving/pods?limit=250&labelSelector=app%3Dchat",
      "Bearer t-1 /api/v1/namespaces/serving/pods?limit=250&labelSelector=app%3Dchat&continue=next",
    ]);
    replaceFile(
      `${dir}/targets.json`,
      JSON.stringify([{ url: `${engine.url}/own`, model: "own", version: "1" }]),
    );
    await expect.poll(() => origins().size).toBe(3);
    replaceFile(`${dir}/targets.json`, "[{");
    await expect.poll(() => notices.filter(({ kind }) => kind === "discovery").length).toBe(1);
    expect(agent.stats().targets).toHaveLength(3);
  });

  it("is run by the command: it names wrong fields with their lines, prints a reading, and reports until it is stopped", async () => {
    const dir = mkdtempSync(`${tmpdir()}/leeway-agent-`);
    open.push(() => rmSync(dir, { recursive: true, force: true }));
    const engine = await serveText(VLLM);
    const ingest = await serveIngest();
    const lines: string[] = [];
    let interrupt = (): void => undefined;
    const run = (...args: string[]) =>
      runCli(["agent", "--config", `${dir}/agent.yaml`, ...args], {
        ...{
          env: { LEEWAY_API_KEY: "lw_key", LEEWAY_URL: ingest.url },
          runtime: systemRuntime(),
          fetch,
          status: null,
        },
        ...{ print: (line: string) => lines.push(line), note: (line: string) => lines.push(line) },
        onInterrupt: (task) => {
          interrupt = task;
        },
      });
    writeFileSync(
      `${dir}/agent.yaml`,
      "interval: 1s\ntimeout: 1s\ntargets:\n  - url: engine\n  - adress: x\n",
    );
    expect(await run()).toBe(2);
    expect(lines.splice(0)).toEqual([
      `${dir}/agent.yaml:4: targets[0].url: expected an http or https address`,
      `${dir}/agent.yaml:5: targets[1].adress: there is no such field`,
      `${dir}/agent.yaml:5: targets[1]: give one of url, host and nvidia_smi`,
    ]);
    writeFileSync(
      `${dir}/agent.yaml`,
      `interval: 1s\ntimeout: 1s\ntargets:\n  - url: ${engine.url}\n    version: "7"\n    model: chat\n`,
    );
    expect(await run("--once")).toBe(0);
    expect(lines.splice(0)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/: \d+ series of 2\d quantities$/),
        "  time_per_output_token_seconds from vllm:inter_token_latency_seconds",
        `  belongs to chat 7 on 127.0.0.1:${engine.port}`,
      ]),
    );
    expect(ingest.samples).toEqual([]);
    const running = run();
    await expect
      .poll(() => ingest.samples.some(({ model, version }) => model === "chat" && version === "7"))
      .toBe(true);
    interrupt();
    expect(await running).toBe(0);
    expect(lines.at(-1)).toMatch(/^\d+ samples were stored, 0 were lost$/);
  });
});
