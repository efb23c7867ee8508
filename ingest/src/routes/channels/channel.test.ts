import { channelInputSchema, channelOf, rotateSecret } from "@leeway/core/channels";
import { describe, expect, it } from "vitest";
import { channelView } from "./channel-view.ts";

const options = { id: "c1", createdAt: 5, newSecret: "whsec_made-by-the-server-0001" };
const webhook = { kind: "webhook", name: "Pager", url: "https://example.com/hook" } as const;

const admin = { scopes: ["admin"] as const };
const reader = { scopes: ["read", "ingest", "manage", "report"] as const };

describe("a channel", () => {
  it("never shows its secret", () => {
    const channel = channelOf(channelInputSchema.parse({ ...webhook, secret: "s".repeat(32) }), options);
    expect(channel).toMatchObject({ secret: "s".repeat(32) });
    for (const who of [admin, reader]) {
      expect(JSON.stringify(channelView(channel, who))).not.toContain("sss");
      expect(channelView(channel, who)).toMatchObject({ has_secret: true });
    }
  });

  it("shows of a receiver's address the origin only, but all of it to administrators", () => {
    const url = "https://hooks.example.com:8443/services/T0/B0?token=secret#part";
    const channel = channelOf(channelInputSchema.parse({ ...webhook, url }), options);
    expect(channelView(channel, admin)).toMatchObject({ url });
    expect(channelView(channel, reader)).toMatchObject({ url: "https://hooks.example.com:8443/…" });
  });

  it("gets a secret where none was given", () => {
    const channel = channelOf(channelInputSchema.parse(webhook), options);
    expect(channel).toMatchObject({ secret: options.newSecret });
  });

  it("keeps its former secret beside a new one until that is taken away", () => {
    const made = (secret: string) => channelOf(channelInputSchema.parse({ ...webhook, secret }), options);
    const [former, changed] = [made("o".repeat(32)), made("n".repeat(32))];
    const rotated = rotateSecret(changed, former, false);
    expect(rotated).toMatchObject({ secret: "n".repeat(32), previous_secret: "o".repeat(32) });
    expect(JSON.stringify(channelView(rotated, admin))).not.toContain("ooo");
    expect(channelView(rotated, admin)).toMatchObject({ has_previous_secret: true });
    expect(rotateSecret(changed, former, true)).not.toHaveProperty("previous_secret");
    expect(rotateSecret(former, former, false)).toBe(former);
  });

  it.each([
    "ftp://example.com",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https://user:pass@example.com",
    "not a url",
  ])("refuses to call %s", (url) => {
    expect(channelInputSchema.safeParse({ ...webhook, url }).success).toBe(false);
  });
});
