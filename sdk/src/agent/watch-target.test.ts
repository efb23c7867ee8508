import { describe, expect, it } from "vitest";
import type { ScrapeOutcome } from "../scraping/endpoint/scrape-endpoint.ts";
import { readExposition } from "../scraping/exposition/exposition-reader.ts";
import { isWanted } from "../scraping/mapping/read-quantities.ts";
import { parseAgentConfig } from "../scraping/targets/agent-config.ts";
import { toTarget } from "../scraping/targets/to-target.ts";
import { createFakeRuntime } from "../testing/fake-runtime.ts";
import type { Notice } from "./agent.ts";
import type { AgentSample } from "./create-sender.ts";
import { watchTarget } from "./watch-target.ts";

const LABELS = '{model_name="acme/chat"}';
const tokens = (out: number, perToken = "inter_token_latency_seconds") =>
  `# TYPE vllm:generation_tokens_total counter\nvllm:generation_tokens_total${LABELS} ${out}\n` +
  `# TYPE vllm:${perToken} histogram\nvllm:${perToken}_bucket{le="+Inf"} ${out}\nvllm:${perToken}_count ${out}\n`;

function setUp(scrapes: readonly (string | ScrapeOutcome | Error)[], given: object = {}) {
  const outcome = parseAgentConfig({
    targets: [{ url: "http://gpu-a:8000/metrics", interval: "10s", ...given }],
  });
  if (outcome.kind === "wrong") throw new Error(JSON.stringify(outcome.problems));
  const { config } = outcome;
  const runtime = createFakeRuntime();
  const samples: AgentSample[] = [];
  const notices: Notice[] = [];
  let reads = 0;
  const watch = watchTarget(toTarget(config.targets[0]!, config, "agent-host"), {
    ...{ runtime, rules: [], sendsUnassigned: false, agent: "agent-host" },
    send: (sample) => samples.push(sample),
    notify: (notice) => notices.push(notice),
    async read() {
      const scrape = scrapes[Math.min(reads++, scrapes.length - 1)]!;
      if (scrape instanceof Error) throw scrape;
      if (typeof scrape !== "string") return scrape;
      return { kind: "read", exposition: readExposition(scrape, { wants: isWanted }) };
    },
  });
  watch.start();
  const of = (metric: string) => samples.filter((sample) => sample.metric === metric);
  return { runtime, samples, notices, watch, of, reads: () => reads };
}

describe("watchTarget", () => {
  it("says that series are left out whenever that begins, not at the first reading alone", async () => {
    const whole = readExposition(tokens(5), { wants: isWanted });
    const cut: ScrapeOutcome = { kind: "read", exposition: { ...whole, left: 3 } };
    const { runtime, notices } = setUp([new Error("starting"), cut, cut, tokens(6), cut]);
    await runtime.advance(60_000);
    const messages = notices.filter(({ kind }) => kind === "left_out").map(({ message }) => message);
    const message = "http://gpu-a:8000/metrics: 3 series are left out; raise max_series";
    expect(messages).toEqual([message, message]);
  });

  it("reads at its interval, spread over it, and sends samples in the wire's form", async () => {
    const { runtime, of, reads, watch } = setUp([tokens(5)]);
    await runtime.advance(4_900);
    expect(reads()).toBe(0);
    await runtime.advance(25_000);
    expect(reads()).toBe(3);
    expect(of("tokens_out_total")[0]).toEqual({
      ...{ metric: "tokens_out_total", kind: "counter", unit: "tokens", value: 5, model: "acme/chat" },
      ...{ replica: "gpu-a:8000", timestamp: 1_700_000_005_000, attributes: { source: "vllm" } },
    });
    expect(of("leeway_agent_target_up").map(({ value }) => value)).toEqual([1, 1, 1]);
    watch.stop();
    await runtime.advance(60_000);
    expect(reads()).toBe(3);
  });

  it("holds back what is nobody's, counts it and lists it once", async () => {
    const { runtime, of, notices, watch } = setUp([tokens(5)]);
    await runtime.advance(30_000);
    expect(of("time_per_output_token_seconds")).toEqual([]);
    expect(of("leeway_agent_unassigned_series")[0]).toMatchObject({
      value: 1,
      attributes: { source: "vllm" },
    });
    expect(notices.filter(({ kind }) => kind === "unassigned")).toHaveLength(1);
    expect(watch.stats().unassigned).toEqual([{ source: "vllm", series: 1, example: {} }]);
  });

  it("says at once when a quantity is gone, keeps saying so to the server, and says when it is there again", async () => {
    const gone = tokens(5, "pace_seconds");
    const { runtime, notices, of, watch } = setUp([tokens(5), gone, gone, tokens(6)], { model: "chat" });
    await runtime.advance(16_000);
    const [notice] = notices.filter(({ kind }) => kind === "gone");
    expect(notice?.message).toContain("`vllm:inter_token_latency_seconds` is gone");
    expect(watch.stats().missing).toContain("time_per_output_token_seconds");
    await runtime.advance(30_000);
    const missing = of("leeway_agent_quantity_missing").filter(
      ({ attributes }) => attributes["quantity"] === "time_per_output_token_seconds",
    );
    expect(missing.map(({ value }) => value)).toEqual([1, 1, 0]);
    expect(notices.filter(({ kind }) => kind === "back")).toHaveLength(1);
  });

  it("says once that a target is down and why, and that it is up again", async () => {
    const down: ScrapeOutcome = {
      kind: "failed",
      reason: "timeout",
      message: "no whole answer within 5000 ms",
    };
    const { runtime, notices, of } = setUp([down, down, new Error("broken"), tokens(1)], { model: "chat" });
    await runtime.advance(50_000);
    const states = notices.filter(({ kind }) => kind === "down" || kind === "up");
    expect(states.map(({ kind }) => kind)).toEqual(["down", "up"]);
    expect(states[0]?.message).toBe("http://gpu-a:8000/metrics: no whole answer within 5000 ms");
    expect(
      of("leeway_agent_target_up").map(({ value, attributes }) => [value, attributes["reason"]]),
    ).toEqual([
      [0, "timeout"],
      [0, "timeout"],
      [0, "unreachable"],
      [1, undefined],
      [1, undefined],
    ]);
  });

  it("notices that counters began again, and sends them as they are", async () => {
    const { runtime, notices, of, watch } = setUp([tokens(50), tokens(3), tokens(4)], { model: "chat" });
    await runtime.advance(30_000);
    expect(notices.filter(({ kind }) => kind === "restarted")).toHaveLength(1);
    expect(watch.stats().resets).toBe(1);
    expect(of("tokens_out_total").map(({ value }) => value)).toEqual([50, 3, 4]);
  });
});
