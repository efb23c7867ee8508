import type { AlertRequest, ChannelKind, ChannelOf } from "@leeway/core/channels";
import { toAlertmanager } from "@leeway/core/channels/alertmanager";
import { toDiscord } from "@leeway/core/channels/discord";
import { toOpsgenie } from "@leeway/core/channels/opsgenie";
import { toPagerDuty } from "@leeway/core/channels/pagerduty";
import { toTeams } from "@leeway/core/channels/teams";
import type { Incident, Notification } from "@leeway/core/records";
import { afterEach, describe, expect, it } from "vitest";
import { createRequestTransport } from "./create-request-transport.ts";
import { exampleChannel, exampleDelivery } from "./example-delivery.ts";
import { exampleIncident } from "./example-incident.ts";
import {
  type ApiDouble,
  alertmanagerDouble,
  discordDouble,
  opsgenieDouble,
  pagerDutyDouble,
  teamsDouble,
} from "./testing/api-doubles.ts";
import { listenDouble } from "./testing/listen.ts";
import { receiverSettings } from "./testing/test-senders.ts";

const ROUTING_KEY = "0123456789abcdef0123456789ABCDEF";
const API_KEY = "eb243592-faa2-4ba2-a551-1afdf565c889";
const NOW = Date.UTC(2026, 0, 5);

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

type Step = readonly [Notification["transition"], Partial<Incident>];
const LIFE: readonly Step[] = [
  ["fired", {}],
  ["updated", {}],
  ["updated", { state: "acknowledged", acknowledged_by: "ada" }],
  ["resolved", { state: "resolved", resolution: "Resolved by itself" }],
];

describe("an incident's life", () => {
  it("is one alert of PagerDuty, by the incident's id", async () => {
    const double = pagerDutyDouble(ROUTING_KEY);
    const send = await sender("pagerduty", double, toPagerDuty, (url) => ({
      url: `${url}/v2/enqueue`,
      routing_key: ROUTING_KEY,
    }));
    expect(await states(send, double)).toEqual(["triggered", "triggered", "acknowledged", "resolved"]);
    expect([...double.alerts.keys()]).toEqual(["incident-1"]);
    expect(double.alerts.get("incident-1")?.severity).toBe("critical");
  });

  it("is one alert of Opsgenie, by the incident's id as alias", async () => {
    const double = opsgenieDouble(API_KEY);
    const send = await sender("opsgenie", double, toOpsgenie, (url) => ({ url, api_key: API_KEY }));
    expect(await states(send, double)).toEqual(["triggered", "triggered", "acknowledged", "resolved"]);
    expect([...double.alerts.keys()]).toEqual(["incident-1"]);
    expect(double.alerts.get("incident-1")?.severity).toBe("P1");
  });

  it("is one alert of Alertmanager, which knows no acknowledgement", async () => {
    const double = alertmanagerDouble(() => NOW);
    const send = await sender("alertmanager", double, toAlertmanager, (url) => ({ url }));
    expect(await states(send, double)).toEqual(["triggered", "triggered", "triggered", "resolved"]);
    expect(double.alerts.size).toBe(1);
    expect(JSON.stringify(double.bodies[2])).toContain('"acknowledged_by":"ada"');
  });

  it("ends the less urgent alert of Alertmanager where an incident became more urgent", async () => {
    const double = alertmanagerDouble(() => NOW);
    const send = await sender("alertmanager", double, toAlertmanager, (url) => ({ url }));
    await send("fired", { severity: "ticket" });
    await send("updated", { severity: "page" });
    expect([...double.alerts.values()]).toEqual([
      { state: "resolved", severity: "ticket" },
      { state: "triggered", severity: "page" },
    ]);
  });

  it.each([
    ["teams", teamsDouble(), toTeams],
    ["discord", discordDouble(), toDiscord],
  ] as const)("is a message per transition in %s", async (kind, double, render) => {
    const send = await sender(kind, double, render, (url) => ({ url: `${url}/hook?sig=1` }));
    for (const step of LIFE) expect(await send(...step)).toBe("sent");
    expect(double.bodies).toHaveLength(LIFE.length);
  });
});

describe("a test", () => {
  it("leaves no open alert behind, and wakes nobody", async () => {
    const pagerDuty = pagerDutyDouble(ROUTING_KEY);
    const opsgenie = opsgenieDouble(API_KEY);
    const senders = [
      await sender("pagerduty", pagerDuty, toPagerDuty, (url) => ({
        url: `${url}/v2/enqueue`,
        routing_key: ROUTING_KEY,
      })),
      await sender("opsgenie", opsgenie, toOpsgenie, (url) => ({ url, api_key: API_KEY })),
    ];
    for (const send of senders) expect(await send("test", {})).toBe("sent");
    expect([...pagerDuty.alerts.values()]).toEqual([{ state: "resolved", severity: "info" }]);
    expect([...opsgenie.alerts.values()]).toEqual([{ state: "resolved", severity: "P5" }]);
  });
});

const HOSTILE = `@everyone <at>all</at> [click](https://evil.example) **bold** <!channel> https://evil.example`;
const long = "x_".repeat(10_000);

describe("whatever an incident says", () => {
  const features = [0, 1, 2, 3].map(() => ({ name: long, evidence: long }));
  const big: Partial<Incident> = {
    ...{ title: long, summary: long, model: long.slice(0, 200), version: "v".repeat(200), features },
    next_steps: [long, long],
  };
  it.each([
    ["pagerduty", pagerDutyDouble(ROUTING_KEY), toPagerDuty, { routing_key: ROUTING_KEY }, "/v2/enqueue"],
    ["opsgenie", opsgenieDouble(API_KEY), toOpsgenie, { api_key: API_KEY }, ""],
    ["alertmanager", alertmanagerDouble(() => NOW), toAlertmanager, {}, ""],
    ["teams", teamsDouble(), toTeams, {}, "/hook"],
    ["discord", discordDouble(), toDiscord, {}, "/hook"],
  ] as const)("fits %s", async (kind, double, render, changes, path) => {
    const send = await sender(kind as ChannelKind, double, render as never, (url) => ({
      ...changes,
      url: `${url}${path}`,
    }));
    expect(await send("fired", big)).toBe("sent");
  });

  it("is neither a mention nor a link in Discord", () => {
    const [request] = toDiscord(exampleChannel("discord"), occasion({ title: "t", summary: HOSTILE }));
    const shown = JSON.stringify(request?.body);
    expect(shown).toContain('"allowed_mentions":{"parse":[]}');
    expect(shown).not.toMatch(/[^\\]@everyone|\]\(https|[^\\]https:\/\/evil/);
  });

  it("is plain text in Teams", () => {
    const [request] = toTeams(exampleChannel("teams"), occasion({ title: HOSTILE, summary: HOSTILE }));
    const blocks = { content: { body: expect.any(Array) } };
    expect(request?.body).toMatchObject({ attachments: [blocks] });
    // A text block would read Markdown; a run of text does not.
    expect(JSON.stringify(request?.body)).not.toMatch(/"TextBlock"|"FactSet"/);
  });
});

function occasion(changes: Partial<Incident>) {
  return {
    incident: exampleIncident(changes),
    context: { publicUrl: "https://leeway.example", transition: "fired" as const },
    at: NOW,
  };
}

async function sender<Kind extends ChannelKind>(
  kind: Kind,
  double: ApiDouble,
  render: (channel: ChannelOf<Kind>, occasion: Parameters<typeof toTeams>[1]) => AlertRequest[],
  changes: (url: string) => object,
) {
  const listening = await listenDouble(double);
  closers.push(listening.close);
  const settings = { ...receiverSettings("127.0.0.1"), publicUrl: "https://leeway.example" };
  const transport = createRequestTransport(kind, settings, render);
  const channel = exampleChannel(kind, changes(listening.url) as Partial<ChannelOf<Kind>>);
  const { notification } = exampleDelivery(channel);
  return async (transition: Notification["transition"], incident: Partial<Incident>) => {
    const result = await transport.send({
      notification: { ...notification, transition, created_at: NOW },
      channel,
      incident: exampleIncident(incident),
      mayHaveArrived: false,
      noteRequest: () => undefined,
    });
    return result.outcome === "sent" ? "sent" : JSON.stringify(result);
  };
}

async function states(send: (...step: Step) => Promise<string>, double: ApiDouble) {
  const seen: (string | undefined)[] = [];
  for (const step of LIFE) {
    expect(await send(...step)).toBe("sent");
    seen.push([...double.alerts.values()].at(-1)?.state);
  }
  return seen;
}
