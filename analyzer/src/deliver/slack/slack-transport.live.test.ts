import { toSlackBlocks, toSlackReply } from "@leeway/core/channels/slack";
import { afterEach, expect, it } from "vitest";
import { exampleChannel, exampleDelivery } from "../example-delivery.ts";
import { exampleIncident } from "../example-incident.ts";
import { listenHttp } from "../testing/listen.ts";
import { type SlackDouble, slackDouble } from "../testing/slack-double.ts";
import type { Delivery } from "../transport.ts";
import { createSlackTransport } from "./slack-transport.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

it.each(["#ml-alerts", "ml-alerts", "C123"])(
  "a message to %s whose answer was lost is found, not posted twice",
  async (name) => {
    const workspace = slackDouble();
    const send = await sender(workspace, name);
    workspace.next = "lose the answer";
    expect(await send({})).toMatchObject({ outcome: "retry" });
    expect(await send({ mayHaveArrived: true })).toEqual({
      outcome: "sent",
      receipt: { ts: workspace.posts[0]?.ts, channel: "C123" },
    });
    expect(workspace.posts).toHaveLength(1);
  },
);

it("a reply whose answer was lost is found in its thread", async () => {
  const workspace = slackDouble();
  const send = await sender(workspace, "C123");
  const first = await send({});
  const receipt = first.outcome === "sent" ? first.receipt : {};
  const { notification } = exampleDelivery(exampleChannel("slack"));
  const reply = { head: { ...notification, receipt }, notification: { ...notification, id: "second" } };
  workspace.next = "lose the answer";
  expect(await send(reply)).toMatchObject({ outcome: "retry" });
  expect(await send({ ...reply, mayHaveArrived: true })).toMatchObject({
    outcome: "sent",
    receipt: { thread_ts: workspace.posts[0]?.ts, ts: workspace.posts[1]?.ts },
  });
  expect(workspace.posts).toHaveLength(2);
});

it("an app that may not read its channel posts again", async () => {
  const workspace = slackDouble();
  const send = await sender(workspace, "C123");
  workspace.mayRead = false;
  expect(await send({ mayHaveArrived: true })).toMatchObject({ outcome: "sent" });
  expect(workspace.posts).toHaveLength(1);
});

it("nothing is looked for before the first attempt", async () => {
  const workspace = slackDouble();
  const send = await sender(workspace, "C123");
  await send({});
  expect(workspace.calls).toEqual(["chat.postMessage"]);
});

it("a feature named like a mention and a link is text", async () => {
  const workspace = slackDouble();
  const send = await sender(workspace, "C123");
  const features = [{ name: "@channel http://evil.example <!here>", evidence: "#general" }];
  await send({ incident: exampleIncident({ features }) });
  const texts =
    workspace.posts[0]?.blocks.flatMap(({ text }) => (text?.type === "mrkdwn" ? [text] : [])) ?? [];
  expect(texts.some(({ text }) => text.includes("@channel http://evil.example &lt;!here&gt;"))).toBe(true);
  expect(texts.every(({ verbatim }) => verbatim)).toBe(true);
});

async function sender(workspace: SlackDouble, name: string) {
  const listening = await listenHttp(workspace.listener);
  closers.push(listening.close);
  const context = { publicUrl: "https://leeway.example", transition: "fired" } as const;
  const transport = createSlackTransport({
    settings: { token: "xoxb-test", apiUrl: `${listening.url}/api/` },
    render: ({ incident }) => toSlackBlocks(incident, context),
    renderReply: ({ incident }) => toSlackReply(incident, context),
  });
  const delivery = exampleDelivery(exampleChannel("slack", { slack_channel: name }));
  return (changes: Partial<Delivery>) => transport.send({ ...delivery, ...changes } as typeof delivery);
}
