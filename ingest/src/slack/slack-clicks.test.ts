import { createHmac } from "node:crypto";
import type { SlackInteraction } from "@leeway/core/channels/slack";
import Fastify from "fastify";
import { describe, expect, it } from "vitest";
import { createByteBudget } from "../body/byte-budget.ts";
import { registerErrorHandling } from "../http/error-handling.ts";
import { isSlackResponseUrl } from "./say-slack.ts";
import { registerSlackClicks } from "./slack-clicks.ts";
import { isSlackSigned } from "./verify-slack-signature.ts";

const SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
const NOW = 1_531_420_618_000;
const seconds = NOW / 1_000;

const payload = {
  type: "block_actions",
  user: { id: "U1", username: "ada" },
  actions: [{ action_id: "leeway_acknowledge", value: "inc_1", action_ts: "1531420618.1", type: "button" }],
  response_url: "https://hooks.slack.com/actions/T1/1/x",
};
const formOf = (document: unknown) => new URLSearchParams({ payload: JSON.stringify(document) }).toString();
const sign = (body: string, timestamp = seconds, secret = SECRET) =>
  `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;

function world() {
  const clicks: SlackInteraction[] = [];
  const said: string[][] = [];
  const app = Fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, _payload, done) => done(null, undefined));
  registerErrorHandling(app);
  const act = async (interaction: SlackInteraction) => {
    clicks.push(interaction);
    return "Done as ada@example.com.";
  };
  const say = async (...words: [string, string]) => void said.push(words);
  const deps = { signingSecret: SECRET, act, say, now: () => NOW };
  registerSlackClicks(app, deps, createByteBudget(1_000_000));
  const post = async (body: string, headers: Record<string, string>) => {
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const request = { method: "POST", url: "/v1/slack/actions", payload: body } as const;
    return (await app.inject({ ...request, headers: { ...type, ...headers } })).statusCode;
  };
  return { clicks, said, post };
}

const signed = (body: string, timestamp = seconds, secret = SECRET) => ({
  "x-slack-request-timestamp": String(timestamp),
  "x-slack-signature": sign(body, timestamp, secret),
});

describe("the address for clicks in Slack", () => {
  it("does what a signed click asks for, and says so to the person", async () => {
    const { clicks, said, post } = world();
    expect(await post(formOf(payload), signed(formOf(payload)))).toBe(200);
    expect(clicks).toMatchObject([{ user: { id: "U1" }, actions: [{ value: "inc_1" }] }]);
    expect(said).toEqual([[payload.response_url, "Done as ada@example.com."]]);
  });

  it.each<[string, Record<string, string>]>([
    ["no signature", { "x-slack-request-timestamp": String(seconds) }],
    ["no time", { "x-slack-signature": sign(formOf(payload)) }],
    ["another secret", signed(formOf(payload), seconds, "another")],
    ["another body", signed("payload=%7B%7D")],
    ["a signature that is older than five minutes", signed(formOf(payload), seconds - 301)],
    ["a signature of the future", signed(formOf(payload), seconds + 301)],
    ["a time that is no number", { ...signed(formOf(payload)), "x-slack-request-timestamp": "1e9" }],
  ])("takes nothing with %s", async (_, headers) => {
    const { clicks, post } = world();
    expect(await post(formOf(payload), headers)).toBe(401);
    expect(clicks).toEqual([]);
  });

  it("acknowledges other interactions of the app, and refuses what is broken", async () => {
    const { clicks, post } = world();
    const other = formOf({ type: "shortcut" });
    expect(await post(other, signed(other))).toBe(200);
    const broken = formOf({ ...payload, actions: [] });
    expect(await post(broken, signed(broken))).toBe(400);
    expect(await post("payload=%7B", signed("payload=%7B"))).toBe(400);
    expect(await post("x=1", signed("x=1"))).toBe(400);
    expect(clicks).toEqual([]);
  });
});

it("checks a signature as Slack's own example computes it", () => {
  const body =
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
  const signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
  const headers = { timestamp: "1531420618", signature };
  expect(isSlackSigned(headers, Buffer.from(body), SECRET, NOW)).toBe(true);
});

it.each([
  ["https://hooks.slack.com/actions/T1/1/x", true],
  ["https://hooks.slack-gov.com/actions/T1/1/x", true],
  ["http://hooks.slack.com/actions", false],
  ["https://hooks.slack.com:8443/actions", false],
  ["https://hooks.slack.com.evil.example/", false],
  ["https://169.254.169.254/hooks.slack.com", false],
])("answers a click at %s: %s", (address, isAllowed) => {
  expect(isSlackResponseUrl(address)).toBe(isAllowed);
});
