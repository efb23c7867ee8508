import { readdirSync, readFileSync } from "node:fs";
import { channelInputSchema } from "@leeway/core/channels";
import { TARGET_KINDS, type Target, type TargetKind, targetSchema } from "@leeway/core/retraining";
import { afterEach, describe, expect, it } from "vitest";
import { exampleChannel, exampleDelivery } from "../example-delivery.ts";
import { listenHttp } from "../testing/listen.ts";
import { retrainSettings } from "../testing/test-senders.ts";
import { pollRun } from "./poll-run.ts";
import { createRetrainTransport } from "./retrain-transport.ts";
import { memoryRetrainings } from "./testing/memory-retrainings.ts";
import type { TargetDouble } from "./testing/target-double.ts";
import { TARGET_DOUBLES } from "./testing/target-doubles.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const kindOf = (name: string) => name.split(" ")[0] as TargetKind;

describe.each(Object.entries(TARGET_DOUBLES))("a target of the kind %s", (name, double) => {
  it("takes the request, starts one run, and hands the job the message", async () => {
    const { runs, delivery, transport, retrainings } = await setUp(name, double);
    const result = await transport.send(delivery);
    expect(result).toMatchObject({ outcome: "sent" });
    const [run] = [...retrainings.runs.values()];
    expect(run).toMatchObject({ status: "requested", target: kindOf(name) });
    expect([...runs.values()].map((body) => double.requestIn(body as never))).toMatchObject([
      { data: { retraining_id: run?.id, model: "flight-delays", test: false } },
    ]);
  });

  it("starts no second run when the answer was recorded, nor, where its API allows it, when the answer was lost", async () => {
    const { runs, delivery, transport, retrainings } = await setUp(name, double);
    await transport.send(delivery);
    const [run] = [...retrainings.runs.values()];
    if (run === undefined) throw new Error("no run was recorded");
    if (run.run_id !== undefined) await transport.send(delivery);
    expect(runs.size).toBe(1);
    const { run_id: _lost, ...unanswered } = run;
    retrainings.runs.set(run.id, unanswered);
    expect(await transport.send(delivery)).toMatchObject({ outcome: "sent" });
    expect(runs.size).toBe(double.isIdempotent ? 1 : 2);
  });

  it("is sent a test of the same shape, marked as a test, which is no retraining", async () => {
    const { runs, delivery, transport, retrainings } = await setUp(name, double);
    const notification = { ...delivery.notification, transition: "test" as const };
    expect(await transport.send({ ...delivery, notification })).toMatchObject({ outcome: "sent" });
    expect([...runs.values()].map((body) => double.requestIn(body as never))).toMatchObject([
      {
        data: { test: true, model: "flight-delays", report_to: expect.stringContaining("/v1/retrainings/") },
      },
    ]);
    expect(retrainings.runs.size).toBe(0);
  });

  it("says how a run goes, where its API can be asked", async () => {
    const { delivery, transport, retrainings, settings, state } = await setUp(name, double);
    await transport.send(delivery);
    const runId = [...retrainings.runs.values()][0]?.run_id;
    if (TARGET_KINDS[kindOf(name)].poll === undefined) return expect(runId).toBeUndefined();
    for (const end of [undefined, "succeeded", "failed"] as const) {
      state.end = end;
      expect(await pollRun(settings, delivery.channel, runId ?? "")).toMatchObject({
        outcome: "answered",
        status: end ?? "running",
      });
    }
  });

  it("refuses a wrong token: the run has failed, and is not tried again", async () => {
    if (double.token === undefined) return expect(TARGET_KINDS[kindOf(name)].needsToken).toBe(false);
    const { runs, delivery, transport, retrainings } = await setUp(name, double, { token: "wrong" });
    expect(await transport.send(delivery)).toMatchObject({ outcome: "refused" });
    expect([...retrainings.runs.values()]).toMatchObject([{ status: "failed" }]);
    expect(runs.size).toBe(0);
  });
});

describe("a policy", () => {
  it("that asks for approval starts the run once a person has approved it, and not before", async () => {
    const { runs, delivery, transport, retrainings } = await setUp("ray", TARGET_DOUBLES.ray);
    const asking = { ...delivery, channel: { ...delivery.channel, approval: true } };
    for (const _attempt of [1, 2]) {
      expect(await transport.send(asking)).toEqual({
        outcome: "withheld",
        reason: "it waits for a person's approval",
      });
    }
    expect(runs.size).toBe(0);
    const [run] = [...retrainings.runs.values()];
    if (run === undefined) throw new Error("no run waits");
    retrainings.runs.set(run.id, { ...run, status: "requested", approved_by: "ana" });
    expect(await transport.send(asking)).toMatchObject({ outcome: "sent" });
    expect(runs.size).toBe(1);
  });

  it("that refuses leaves the refusal as a fact with its reason", async () => {
    const { runs, delivery, transport, retrainings } = await setUp("ray", TARGET_DOUBLES.ray);
    const sure = { ...delivery, channel: { ...delivery.channel, least_confidence: 0.95 } };
    const reason = "confidence in the cause is 90 %, the policy asks for 95 %";
    expect(await transport.send(sure)).toEqual({ outcome: "withheld", reason });
    expect([...retrainings.runs.values()]).toMatchObject([
      { status: "refused", refusal: "not_confident", message: reason },
    ]);
    expect(runs.size).toBe(0);
  });
});

describe("targets", () => {
  it("at a private address are refused before a byte is sent", async () => {
    const { runs, delivery, retrainings } = await setUp("kubernetes", TARGET_DOUBLES.kubernetes);
    const transport = createRetrainTransport({ settings: retrainSettings(""), retrainings });
    expect(await transport.send(delivery)).toMatchObject({ outcome: "refused" });
    expect(runs.size).toBe(0);
  });

  it("of Dagster that refuse the configuration answer 200, and the run has failed", async () => {
    const refused = {
      status: 200,
      body: { data: { launchRun: { __typename: "RunConfigValidationInvalid" } } },
    };
    const double = { ...TARGET_DOUBLES.dagster, answer: () => refused };
    const { delivery, transport } = await setUp("dagster", double);
    expect(await transport.send(delivery)).toEqual({
      outcome: "refused",
      reason: "Dagster answered RunConfigValidationInvalid",
    });
  });

  it("that let nobody in without a token are no channel without one", () => {
    const channel = {
      ...{ kind: "retrain", name: "retrain", url: "https://github.example", causes: ["concept_drift"] },
      target: { kind: "github", repository: "acme/models", workflow: "retrain.yml" },
    };
    expect(channelInputSchema.safeParse(channel).success).toBe(false);
    expect(channelInputSchema.safeParse({ ...channel, token: "github_pat_1" }).success).toBe(true);
  });

  it("have a valid example each in the documentation", () => {
    const page = readFileSync(new URL("../../../../docs/retraining.md", import.meta.url), "utf8");
    const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map((match) =>
      channelInputSchema.parse(JSON.parse(match[1] ?? "")),
    );
    const kinds = examples.map(
      (example) => (example.kind === "retrain" && example.target?.kind) || "webhook",
    );
    expect(kinds.sort()).toEqual(Object.keys(TARGET_KINDS).sort());
  });

  it("have a folder each", () => {
    const folders = readdirSync(new URL("../../../../core/src/retraining/targets/", import.meta.url), {
      withFileTypes: true,
    });
    const names = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    expect(names.sort()).toEqual(Object.keys(TARGET_KINDS).sort());
  });
});

async function setUp(name: string, double: TargetDouble, changes: { token?: string } = {}) {
  const runs = new Map<string, unknown>();
  const state: { end: "succeeded" | "failed" | undefined } = { end: undefined };
  const listening = await listenHttp(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const sent = Buffer.concat(chunks).toString();
    const headers = request.headers as Record<string, string | undefined>;
    const asked = { method: request.method ?? "", path: request.url ?? "", headers };
    const { status, body } = double.answer(
      { ...asked, body: sent === "" ? undefined : JSON.parse(sent) },
      runs,
      state.end,
    );
    response.writeHead(status, { "content-type": "application/json" });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });
  closers.push(listening.close);
  const target: Target = targetSchema.parse({ kind: kindOf(name), ...double.settings });
  const token = double.token === undefined ? {} : { token: double.token, ...changes };
  const channel = exampleChannel("retrain", { url: `${listening.url}/`, target, ...token });
  const settings = retrainSettings("127.0.0.1");
  const retrainings = memoryRetrainings();
  const transport = createRetrainTransport({ settings, retrainings });
  return { runs, state, settings, retrainings, transport, delivery: exampleDelivery(channel) };
}
