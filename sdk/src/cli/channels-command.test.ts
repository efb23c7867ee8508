import { describe, expect, it } from "vitest";
import { createCliHarness } from "../testing/cli-harness.ts";

const channel = (name: string, state: string, counts: object = {}) => ({
  ...{ id: `id-${name}`, name, kind: "slack" },
  health: { state, sentence: `${state} it is.`, queued: 0, dead_letters: 0, failures_last_day: 0, ...counts },
});

function server(channels: object[], answers: Record<string, { status: number; body: object }> = {}) {
  const asked: string[] = [];
  const cli = createCliHarness(undefined, async (url, init) => {
    const path = `${init?.method ?? "GET"} ${new URL(String(url)).pathname}`;
    asked.push(path);
    const { status, body } = answers[path] ?? { status: 200, body: { channels } };
    return new Response(JSON.stringify(body), { status });
  });
  return { ...cli, asked };
}

describe("leeway channels", () => {
  it("prints how each does, the worst first, with what waits and what never arrived", async () => {
    const { run, lines } = server([
      channel("calm", "healthy"),
      channel("broken", "failing", { queued: 2, dead_letters: 1, failures_last_day: 9 }),
    ]);
    expect(await run("channels")).toBe(1);
    expect(lines).toEqual([
      "failing  broken (slack): failing it is. [2 waiting, 1 never arrived, 9 failures in a day]",
      "healthy  calm (slack): healthy it is.",
    ]);
  });

  it.each<[string, object[], number]>([
    ["healthy", [channel("a", "healthy"), channel("b", "untried"), channel("c", "off")], 0],
    ["none at all", [], 0],
    ["left alone", [channel("a", "paused")], 1],
    ["with dead letters", [channel("a", "healthy", { dead_letters: 1 })], 1],
  ])("tells by its exit code that channels are %s", async (_how, channels, code) => {
    expect(await server(channels).run("channels")).toBe(code);
  });

  it("tests the channel of a name, and says what its receiver answered", async () => {
    const path = "POST /v1/channels/id-a/test";
    const sent = { status: "sent", answer: { status: "200" }, took_ms: 31 };
    const good = server([channel("a", "untried")], { [path]: { status: 200, body: sent } });
    expect(await good.run("channels", "test", "a")).toBe(0);
    expect(good.lines).toEqual(["a: sent after 31 ms: status 200"]);
    const failed = { status: "failed", error: "no answer", took_ms: 15_000 };
    const bad = server([channel("a", "untried")], { [path]: { status: 200, body: failed } });
    expect(await bad.run("channels", "test", "id-a")).toBe(1);
    expect(bad.lines).toEqual(["a: failed after 15000 ms: no answer"]);
  });

  it("tests none of two channels that share a name, and gives their ids", async () => {
    const { run, asked, lines } = server([channel("a", "healthy"), { ...channel("a", "off"), id: "other" }]);
    expect(await run("channels", "test", "a")).toBe(2);
    expect(lines).toEqual(["2 channels have the name a: give one of the ids id-a, other"]);
    expect(asked).toEqual(["GET /v1/channels"]);
  });

  it("sends dead letters once more, and passes a refusal on", async () => {
    const path = "POST /v1/channels/id-a/resend";
    const good = server([channel("a", "failing")], { [path]: { status: 200, body: { resent: ["1", "2"] } } });
    expect(await good.run("channels", "resend", "a")).toBe(0);
    expect(good.lines).toEqual(["a: 2 sent once more"]);
    const off = { status: 409, body: { code: "conflict", detail: "switch it on first" } };
    const bad = server([channel("a", "off")], { [path]: off });
    expect(await bad.run("channels", "resend", "a")).toBe(3);
    expect(bad.lines).toEqual(["HTTP 409: switch it on first"]);
  });

  it("takes a name that no channel has, and a verb that it does not know, for a mistake", async () => {
    const { run, asked } = server([channel("a", "healthy")]);
    expect(await run("channels", "test", "b")).toBe(2);
    expect(await run("channels", "delete", "a")).toBe(2);
    expect(asked).toEqual(["GET /v1/channels"]);
  });
});
