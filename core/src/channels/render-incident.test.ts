import { describe, expect, test } from "vitest";
import { incidentMessage } from "../messages/index.ts";
import type { Incident } from "../records/index.ts";
import { retrainingRequest } from "../retraining/index.ts";
import { toEmail } from "./email/to-email.ts";
import { type SlackBlock, toSlackBlocks, toSlackReply } from "./slack/to-slack-blocks.ts";
import { toWebhookPayload } from "./webhook/to-webhook-payload.ts";

const AT = Date.UTC(2024, 5, 4);
const DAY_MS = 86_400_000;

const incident: Incident = {
  id: "inc_1",
  model: "flight-delays",
  version: "1",
  environment: "production",
  cause: "pipeline",
  confidence: 0.97,
  severity: "page",
  state: "firing",
  title: "flight-delays (v1): distance looks multiplied by 1.609 (miles to kilometres)",
  summary:
    "distance: values look multiplied by 1.609 (miles to kilometres): mean 1,173 against 725. The window has 853 rows",
  next_steps: ["Look at how distance is produced"],
  features: [
    {
      name: "distance",
      impact: 0.92,
      evidence: "values look multiplied by 1.609 (miles to kilometres): mean 1,173 against 725",
      psi: 0.61,
      distribution: {
        labels: ["≤ 200", "200 – 600", "> 600"],
        reference: [0.3, 0.4, 0.3],
        window: [0.1, 0.2, 0.7],
      },
    },
  ],
  started_at: AT,
  last_failing_at: AT + DAY_MS,
  fired_at: AT + DAY_MS,
  healthy_windows: 0,
  evaluations: [],
  evaluation_count: 3,
};
const context = { publicUrl: "https://leeway.example/", transition: "fired" } as const;

const HOSTILE = `<!channel> <https://evil.example|click> & "<script>alert('x')</script>"\r\nBcc: all@example.org`;
const hostile: Incident = {
  ...incident,
  model: HOSTILE,
  title: HOSTILE,
  summary: HOSTILE,
  next_steps: [HOSTILE],
  features: [{ name: HOSTILE, evidence: HOSTILE }],
};

describe("incidentMessage", () => {
  test("puts the cause first, then how bad, evidence, and what to do", () => {
    const message = incidentMessage(incident, context);
    expect(message.causeLine).toBe("Input pipeline broken (97 % sure)");
    expect(message.status).toBe("Page, firing");
    expect(message.features[0]).toEqual({
      name: "distance",
      impact: "about 92 % of the change in predictions",
      evidence: incident.features[0]!.evidence,
      bars: { reference: "▄▅▄", window: "▂▃█", labels: ["≤ 200", "200 – 600", "> 600"] },
    });
    expect(message.link).toBe("https://leeway.example/incidents/inc_1");
  });

  test("says first which incident it follows from", () => {
    const root = { id: "inc_0", model: "timetable", title: "timetable (v3): no traffic" };
    const message = incidentMessage({ ...incident, follows_from: root }, context);
    expect(message.summary).toBe(
      `Follows from an incident of timetable: timetable (v3): no traffic. ${incident.summary}`,
    );
  });

  test("says why it resolved, and asks nothing any more", () => {
    const resolved = { ...incident, state: "resolved" as const, resolution: "Resolved by itself" };
    const message = incidentMessage(resolved, { ...context, transition: "resolved" });
    expect(message.summary).toBe("Resolved by itself");
    expect(message.nextSteps).toEqual([]);
  });
});

describe("what changed shortly before", () => {
  const changes = ["a", "b", "c", "d"].map((title, index) => ({
    ...{
      id: title,
      timestamp: AT - (index + 1) * 60_000,
      kind: "deploy" as const,
      title: `Deployed ${title}`,
    },
    ...{ source: "ci", attributes: {} },
  }));
  const changed: Incident = { ...incident, changes };
  const lines = incidentMessage(changed, context).changes;

  test("is at most three lines, nearest first, and none once it is over", () => {
    expect(lines.map((line) => line.split(":")[0])).toEqual(["Deployed a", "Deployed b", "Deployed c"]);
    expect(lines[0]).toBe("Deployed a: 1 min before, 2024-06-03 23:59 UTC");
    expect(incidentMessage(changed, { ...context, transition: "resolved" }).changes).toEqual([]);
  });

  test("is in Slack, in the mail's text and HTML, and in the webhook's payload", () => {
    const mail = toEmail(changed, context);
    const slack = JSON.stringify(toSlackBlocks(changed, context));
    for (const text of [mail.text, mail.html, slack]) {
      for (const line of lines) expect(text).toContain(line);
      expect(text).not.toContain("Deployed d");
    }
    const { incident: sent } = toWebhookPayload(changed, { ...context, at: AT }).data as {
      incident: Incident;
    };
    expect(sent.changes).toEqual(changes.slice(0, 3));
  });
});

describe("toSlackBlocks", () => {
  test("has a header, the evidence as bars and a button to the incident", () => {
    const { blocks, text } = toSlackBlocks(incident, context);
    expect(text).toContain(
      "Page, firing: flight-delays (v1): distance looks multiplied by 1.609 (miles to kilometres)",
    );
    expect(JSON.stringify(blocks)).toContain("reference ▄▅▄\\nnow       ▂▃█");
    expect(blocks.at(-1)).toMatchObject({
      type: "actions",
      elements: [{ url: "https://leeway.example/incidents/inc_1" }],
    });
  });

  test("keeps to Slack's limits however long the texts are", () => {
    const long = "x".repeat(10_000);
    const feature = { name: long, evidence: long };
    const { blocks, text } = toSlackBlocks(
      {
        ...incident,
        title: long,
        summary: long,
        next_steps: [long, long],
        features: [feature, feature, feature, feature],
      },
      context,
    );
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(text.length).toBeLessThanOrEqual(4_000);
    for (const block of blocks)
      expect(longest(block)).toBeLessThanOrEqual(block.type === "header" ? 150 : 3_000);
  });

  test.each([
    ["head", toSlackBlocks(hostile, context)],
    ["reply", toSlackReply(hostile, context)],
  ])("lets nobody mention or link through a name (%s)", (_, message) => {
    const markdown = message.blocks.flatMap(markdownOf).join("\n") + message.text;
    expect(markdown).not.toMatch(/<[!@#h]/);
    expect(markdown).toContain("&lt;!channel&gt;");
    const texts = JSON.stringify(message.blocks).match(/"type":"mrkdwn"/g) ?? [];
    // Without it Slack would make links and mentions of what it finds in the text.
    expect(JSON.stringify(message.blocks).match(/"verbatim":true/g)).toHaveLength(texts.length);
  });
});

describe("toEmail", () => {
  test("says the same as text and as HTML", () => {
    const { subject, text, html } = toEmail(incident, context);
    expect(subject).toBe(
      "[Leeway] Page, firing: flight-delays (v1): distance looks multiplied by 1.609 (miles to kilometres)",
    );
    for (const part of [
      "97 % sure",
      "multiplied by 1.609",
      "▂▃█",
      "https://leeway.example/incidents/inc_1",
    ]) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
  });

  test("runs no markup of others and adds no header", () => {
    const { subject, html } = toEmail(hostile, context);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).not.toContain("<script>");
    expect(html).not.toContain("<https://evil.example");
    expect(html).toContain("&lt;script&gt;alert(&#39;x&#39;)");
  });
});

describe("webhook payloads", () => {
  test("carry the incident with its evidence, under 20 kB", () => {
    const evaluations = Array.from({ length: 50 }, (_, i) => ({
      monitor_id: "m",
      window_start: i,
      window_end: i + 1,
      reason: "r".repeat(400),
    }));
    const labels = Array.from({ length: 200 }, (_, i) => `category-${i}`);
    const shares = labels.map(() => 0.005);
    const feature = { name: "f", evidence: "e", distribution: { labels, reference: shares, window: shares } };
    const big = { ...incident, evaluations, features: Array.from({ length: 10 }, () => feature) };
    const payload = toWebhookPayload(big, { ...context, at: AT });
    expect(payload.type).toBe("incident.fired");
    expect(payload.timestamp).toBe("2024-06-04T00:00:00.000Z");
    expect(JSON.stringify(payload).length).toBeLessThan(20_000);
  });

  test("of a retraining say on what to retrain, why, and where to report", () => {
    const retraining = { id: "ret_1", model: "flight-delays", version: "1", requested_at: AT };
    const { type, data } = retrainingRequest(incident, retraining, {
      ...{ isTest: false, incidents: [] },
      publicUrl: "https://leeway.example",
      apiUrl: "https://api.leeway.example/",
    });
    expect(type).toBe("retraining.requested");
    expect(data).toMatchObject({
      retraining_id: "ret_1",
      cause: "pipeline",
      window_end: AT + DAY_MS,
      report_to: "https://api.leeway.example/v1/retrainings/ret_1",
    });
  });
});

function markdownOf(block: SlackBlock): string[] {
  if (block.type !== "section") return [];
  return [block.text, ...(block.fields ?? [])].flatMap((text) =>
    text?.type === "mrkdwn" ? [text.text] : [],
  );
}

function longest(block: SlackBlock): number {
  switch (block.type) {
    case "header":
      return block.text.text.length;
    case "section":
      return Math.max(
        block.text?.text.length ?? 0,
        ...(block.fields ?? []).map((field) => field.text.length),
      );
    case "context":
      return Math.max(...block.elements.map((element) => element.text.length));
    case "actions":
      return Math.max(...block.elements.map((element) => element.text.text.length));
    case "divider":
      return 0;
    default:
      return block satisfies never;
  }
}
