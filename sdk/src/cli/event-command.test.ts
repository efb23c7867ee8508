import { describe, expect, it } from "vitest";
import { createCliHarness } from "../testing/cli-harness.ts";
import { answerOf, bodyOf } from "../testing/fake-runtime.ts";

const ARGS = ["event", "Deployed fraud 7", "--kind", "deploy", "--model", "fraud", "--version", "7"];
const STORED = answerOf(200, { accepted: 1, duplicate: 0, ids: ["evt_1"] });
const eventOf = (cli: ReturnType<typeof createCliHarness>) =>
  (bodyOf(cli.requests[0]) as unknown as { events: Record<string, unknown>[] }).events[0];

describe("leeway event", () => {
  it("sends what changed, with a time, so that a repeated request is the same event", async () => {
    const cli = createCliHarness(() => STORED);
    expect(await cli.run(...ARGS, "--at", "1767312000000", "--id", "ci-1")).toBe(0);
    expect(cli.requests[0]?.url).toMatch(/\/v1\/events$/);
    expect(eventOf(cli)).toEqual({
      ...{ id: "ci-1", kind: "deploy", title: "Deployed fraud 7", model: "fraud", version: "7" },
      timestamp: 1_767_312_000_000,
    });
    expect(cli.lines).toEqual(["stored: evt_1"]);
    const later = createCliHarness(() => STORED);
    await later.run(...ARGS);
    expect(eventOf(later)?.["timestamp"]).toBeGreaterThan(0);
  });

  it.each([
    [
      "GitHub Actions",
      {
        ...{ GITHUB_ACTIONS: "true", GITHUB_SHA: "abc", GITHUB_SERVER_URL: "https://github.com" },
        ...{ GITHUB_REPOSITORY: "acme/fraud", GITHUB_RUN_ID: "12" },
      },
      { git_sha: "abc", url: "https://github.com/acme/fraud/actions/runs/12", source: "github-actions" },
    ],
    [
      "GitLab CI",
      { GITLAB_CI: "true", CI_COMMIT_SHA: "def", CI_JOB_URL: "https://gitlab.example/jobs/3" },
      { git_sha: "def", url: "https://gitlab.example/jobs/3", source: "gitlab-ci" },
    ],
  ])("knows commit, run and source in %s", async (_server, env, known) => {
    const cli = createCliHarness(() => STORED, undefined, env);
    await cli.run(...ARGS);
    expect(eventOf(cli)).toMatchObject(known);
    const given = createCliHarness(() => STORED, undefined, env);
    await given.run(...ARGS, "--git-sha", "123", "--link", "https://x.example", "--source", "make");
    expect(eventOf(given)).toMatchObject({ git_sha: "123", url: "https://x.example", source: "make" });
  });

  it("says where the event was known already", async () => {
    const cli = createCliHarness(() => answerOf(200, { accepted: 0, duplicate: 1, ids: ["evt_1"] }));
    expect(await cli.run(...ARGS)).toBe(0);
    expect(cli.lines).toEqual(["known already: evt_1"]);
  });

  it.each([
    [400, { errors: [{ path: "events.0.kind", message: "not a kind" }] }, 2, "events.0.kind: not a kind"],
    [403, { detail: "the key may not send events" }, 3, "the key may not send events"],
  ])("a refusal of %i has its exit code and says why", async (status, answer, code, words) => {
    const cli = createCliHarness(() => answerOf(status, answer));
    expect(await cli.run(...ARGS)).toBe(code);
    expect(cli.lines.join()).toContain(words);
  });

  it("wants one title and a kind", async () => {
    const cli = createCliHarness(() => STORED);
    expect(await cli.run("event", "--kind", "deploy")).toBe(2);
    expect(await cli.run("event", "Deployed", "fraud", "--kind", "deploy")).toBe(2);
    expect(await cli.run("event", "Deployed")).toBe(2);
    expect(cli.requests).toEqual([]);
  });
});
