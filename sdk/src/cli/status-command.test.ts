import { describe, expect, it } from "vitest";
import { createCliHarness } from "../testing/cli-harness.ts";

const SINCE = Date.UTC(2026, 0, 5, 9);
const modelOf = (model: string, ...states: string[]) => ({
  model,
  environments: states.map((state, at) => ({
    ...{ environment: ["production", "shadow"][at], state, since: at === 0 ? SINCE : null },
    sentence: `${state} it is`,
  })),
});

function asked(status: number, body: unknown) {
  const paths: string[] = [];
  const cli = createCliHarness(undefined, async (url) => {
    paths.push(String(url));
    return new Response(typeof body === "string" ? body : JSON.stringify(body), { status });
  });
  return { ...cli, paths };
}

describe("leeway status", () => {
  it("prints each model in each environment, the worst first, with since when and why", async () => {
    const { run, lines, paths } = asked(200, {
      models: [modelOf("a", "healthy", "learning"), modelOf("b", "blind"), modelOf("c", "incident")],
    });
    expect(await run("status")).toBe(1);
    expect(paths).toEqual(["http://127.0.0.1:4700/v1/models"]);
    expect(lines).toEqual([
      "incident      c (production) since 2026-01-05T09:00:00.000Z: incident it is",
      "blind         b (production) since 2026-01-05T09:00:00.000Z: blind it is",
      "learning      a (shadow): learning it is",
      "healthy       a (production) since 2026-01-05T09:00:00.000Z: healthy it is",
    ]);
  });

  it.each<[string, string[], number]>([
    ["healthy", ["healthy", "watching"], 0],
    ["in an incident, whatever else", ["blind", "incident"], 1],
    ["blind", ["healthy", "blind"], 4],
    ["misconfigured", ["misconfigured"], 4],
    ["behind", ["behind"], 4],
    ["without traffic", ["no_traffic"], 4],
    ["learning", ["healthy", "learning"], 4],
    ["in a state of a newer server", ["splendid"], 4],
  ])("tells by its exit code that a model is %s", async (_how, states, code) => {
    const { run, paths } = asked(200, modelOf("my model", ...states));
    expect(await run("status", "--model", "my model")).toBe(code);
    expect(paths).toEqual(["http://127.0.0.1:4700/v1/models/my%20model"]);
  });

  it("is not fine where there is no model, no such model, or no answer", async () => {
    expect(await asked(200, { models: [] }).run("status")).toBe(4);
    const unknown = asked(404, { code: "not_found", detail: "there is no model x; did you mean y?" });
    expect(await unknown.run("status", "--model", "x")).toBe(4);
    expect(unknown.lines).toEqual(["HTTP 404: there is no model x; did you mean y?"]);
    for (const [status, body] of [
      [404, "<html>"],
      [200, "{}"],
      [401, { code: "unauthorized", detail: "the key is not known" }],
    ] as const)
      expect([body, await asked(status, body).run("status")]).toEqual([body, 3]);
  });

  it("names the address where nothing answers", async () => {
    const { run, lines } = createCliHarness(undefined, () =>
      Promise.reject(new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") })),
    );
    expect(await run("status")).toBe(3);
    expect(lines[0]).toMatch(/127\.0\.0\.1:4700\/v1\/models gave no answer.*ECONNREFUSED/);
  });
});
