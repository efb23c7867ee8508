import { z } from "zod";

/** ApiDouble stands in for a service: it answers a request as the service documents, and keeps its alerts as the service would. */
export interface ApiDouble {
  answer(request: {
    path: string;
    headers: Record<string, string | string[] | undefined>;
    body: unknown;
  }): number;
  /** The alerts by their key, as "triggered", "acknowledged" or "resolved", and how urgent they were said to be. */
  alerts: Map<string, { state: string; severity?: string }>;
  /** Every body that was accepted. */
  bodies: unknown[];
}

const text = (length: number) => z.string().min(1).max(length);
const open = new Set(["triggered", "acknowledged"]);

const pagerDutyEvent = z.discriminatedUnion("event_action", [
  z.strictObject({
    routing_key: z.string().length(32),
    event_action: z.literal("trigger"),
    dedup_key: text(255),
    client: z.string(),
    client_url: z.url(),
    links: z.array(z.strictObject({ href: z.url(), text: z.string() })),
    payload: z.strictObject({
      summary: text(1_024),
      source: text(1_024),
      severity: z.enum(["critical", "error", "warning", "info"]),
      timestamp: z.iso.datetime(),
      component: z.string(),
      group: z.string(),
      class: z.string(),
      custom_details: z.record(z.string(), z.string()),
    }),
  }),
  z.strictObject({
    routing_key: z.string().length(32),
    event_action: z.enum(["acknowledge", "resolve"]),
    dedup_key: text(255),
  }),
]);

/** pagerDutyDouble stands in for the Events API v2: 202, and an acknowledgement of what is not open is dropped. */
export function pagerDutyDouble(routingKey: string): ApiDouble {
  const double: ApiDouble = { alerts: new Map(), bodies: [], answer };
  function answer({ path, body }: Parameters<ApiDouble["answer"]>[0]): number {
    const event = pagerDutyEvent.safeParse(body);
    if (path !== "/v2/enqueue" || !event.success || event.data.routing_key !== routingKey) return 400;
    double.bodies.push(body);
    const known = double.alerts.get(event.data.dedup_key);
    switch (event.data.event_action) {
      case "trigger":
        double.alerts.set(event.data.dedup_key, {
          state: known?.state === "acknowledged" ? "acknowledged" : "triggered",
          severity: event.data.payload.severity,
        });
        return 202;
      case "acknowledge":
        if (known !== undefined && open.has(known.state)) known.state = "acknowledged";
        return 202;
      case "resolve":
        if (known !== undefined) known.state = "resolved";
        return 202;
      default:
        return event.data satisfies never;
    }
  }
  return double;
}

const opsgenieAlert = z.strictObject({
  message: text(130),
  alias: text(512),
  description: text(15_000),
  priority: z.enum(["P1", "P2", "P3", "P4", "P5"]),
  source: text(100),
  entity: text(512),
  tags: z.array(text(50)).max(20),
  details: z.record(z.string(), z.string()),
});
const opsgenieAction = z.strictObject({ source: text(100), note: text(25_000) });

/** opsgenieDouble stands in for the Alert API: 202, one open alert per alias, 401 without the key. */
export function opsgenieDouble(apiKey: string): ApiDouble {
  const double: ApiDouble = { alerts: new Map(), bodies: [], answer };
  function answer({ path, headers, body }: Parameters<ApiDouble["answer"]>[0]): number {
    if (headers["authorization"] !== `GenieKey ${apiKey}`) return 401;
    if (path === "/v2/alerts") {
      const alert = opsgenieAlert.safeParse(body);
      if (!alert.success) return 422;
      double.bodies.push(body);
      const known = double.alerts.get(alert.data.alias);
      if (known === undefined || !open.has(known.state)) {
        double.alerts.set(alert.data.alias, { state: "triggered", severity: alert.data.priority });
      }
      return 202;
    }
    const named = /^\/v2\/alerts\/([^/]+)\/(acknowledge|close)\?identifierType=alias$/.exec(path);
    if (named === null || !opsgenieAction.safeParse(body).success) return 422;
    double.bodies.push(body);
    const known = double.alerts.get(decodeURIComponent(named[1] ?? ""));
    if (known !== undefined) known.state = named[2] === "close" ? "resolved" : "acknowledged";
    return 202;
  }
  return double;
}

const postableAlerts = z
  .array(
    z.strictObject({
      labels: z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/), z.string()),
      annotations: z.record(z.string(), z.string()),
      startsAt: z.iso.datetime(),
      endsAt: z.iso.datetime(),
      generatorURL: z.url(),
    }),
  )
  .min(1);

/** alertmanagerDouble stands in for Alertmanager at `now`: an alert is its labels, and fires until it ends. */
export function alertmanagerDouble(now: () => number): ApiDouble {
  const double: ApiDouble = { alerts: new Map(), bodies: [], answer };
  function answer({ path, body }: Parameters<ApiDouble["answer"]>[0]): number {
    const alerts = postableAlerts.safeParse(body);
    if (path !== "/api/v2/alerts" || !alerts.success) return 400;
    for (const alert of alerts.data) {
      if (Date.parse(alert.startsAt) > Date.parse(alert.endsAt)) return 400;
      const isOver = Date.parse(alert.endsAt) <= now();
      const key = JSON.stringify(alert.labels);
      // One that has ended and was never known notifies nobody.
      if (isOver && !double.alerts.has(key)) continue;
      const severity = alert.labels["severity"];
      double.alerts.set(key, {
        state: isOver ? "resolved" : "triggered",
        ...(severity === undefined ? {} : { severity }),
      });
    }
    double.bodies.push(body);
    return 200;
  }
  return double;
}

const textRun = z.strictObject({
  type: z.literal("TextRun"),
  text: z.string(),
  weight: z.enum(["lighter", "default", "bolder"]).optional(),
  size: z.enum(["small", "default", "medium", "large", "extraLarge"]).optional(),
  color: z.enum(["default", "dark", "light", "accent", "good", "warning", "attention"]).optional(),
  fontType: z.enum(["default", "monospace"]).optional(),
  isSubtle: z.boolean().optional(),
});
const teamsMessage = z.strictObject({
  type: z.literal("message"),
  attachments: z
    .array(
      z.strictObject({
        contentType: z.literal("application/vnd.microsoft.card.adaptive"),
        contentUrl: z.null(),
        content: z.strictObject({
          $schema: z.string(),
          type: z.literal("AdaptiveCard"),
          version: z.enum(["1.2", "1.3", "1.4", "1.5"]),
          msteams: z.strictObject({ width: z.literal("full") }),
          body: z.array(
            z.strictObject({ type: z.literal("RichTextBlock"), inlines: z.array(textRun).min(1) }),
          ),
          actions: z.array(
            z.strictObject({ type: z.literal("Action.OpenUrl"), title: z.string(), url: z.url() }),
          ),
        }),
      }),
    )
    .length(1),
});

/** teamsDouble stands in for a workflow of Microsoft Teams: 202, and 413 for more than 28 kB. */
export function teamsDouble(): ApiDouble {
  return messageDouble(teamsMessage, 28 * 1_024, 202);
}

const discordMessage = z.strictObject({
  username: text(80),
  allowed_mentions: z.strictObject({ parse: z.array(z.never()) }),
  embeds: z
    .array(
      z.strictObject({
        title: text(256),
        url: z.url(),
        description: text(4_096),
        color: z.number().int().min(0).max(0xffffff),
        timestamp: z.iso.datetime(),
        fields: z
          .array(z.strictObject({ name: text(256), value: text(1_024), inline: z.boolean().optional() }))
          .max(25),
      }),
    )
    .max(10)
    .refine(
      (embeds) =>
        JSON.stringify(
          embeds.map(({ title, description, fields }) => [
            title,
            description,
            fields.map(({ name, value }) => name + value),
          ]),
        ).length <= 6_000,
    ),
});

/** discordDouble stands in for a webhook of Discord: 204, and 400 for what is over a limit. */
export function discordDouble(): ApiDouble {
  return messageDouble(discordMessage, Number.POSITIVE_INFINITY, 204);
}

function messageDouble(schema: z.ZodType, mostBytes: number, accepted: number): ApiDouble {
  const bodies: unknown[] = [];
  return {
    alerts: new Map(),
    bodies,
    answer({ body }) {
      if (Buffer.byteLength(JSON.stringify(body)) > mostBytes) return 413;
      if (!schema.safeParse(body).success) return 400;
      bodies.push(body);
      return accepted;
    },
  };
}
