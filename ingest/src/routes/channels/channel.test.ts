import { describe, expect, it } from "vitest";
import { channelInputSchema, channelOf } from "./channel-input.ts";
import { channelView } from "./channel-view.ts";

const options = { id: "c1", createdAt: 5, former: undefined, newSecret: "whsec_made-by-the-server-0001" };
const webhook = { kind: "webhook", name: "Pager", url: "https://example.com/hook" } as const;

describe("a channel", () => {
  it("never shows its secret", () => {
    const channel = channelOf(channelInputSchema.parse({ ...webhook, secret: "s".repeat(32) }), options);
    expect(channel).toMatchObject({ secret: "s".repeat(32) });
    expect(JSON.stringify(channelView(channel))).not.toContain("sss");
    expect(channelView(channel)).toMatchObject({ has_secret: true });
  });

  it("gets a secret where none was given, and keeps it when it is replaced without one", () => {
    const first = channelOf(channelInputSchema.parse(webhook), options);
    expect(first).toMatchObject({ secret: options.newSecret });
    const input = channelInputSchema.parse({ ...webhook, name: "Renamed" });
    const second = channelOf(input, { ...options, former: first, newSecret: "whsec_another-secret-000002" });
    expect(second).toMatchObject({ name: "Renamed", secret: options.newSecret });
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
