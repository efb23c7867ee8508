import { findLeewayError } from "@leeway/core/errors";
import { describe, expect, it } from "vitest";
import { parseConfig } from "./config.ts";

const needed = { CLICKHOUSE_URL: "http://127.0.0.1:8123", REDIS_URL: "redis://127.0.0.1:6379" };

describe("parseConfig", () => {
  it("fills in defaults when only the two servers are given", () => {
    const config = parseConfig(needed);
    expect(config.LEEWAY_ANALYZER_PORT).toBe(4702);
    expect(config.LEEWAY_TICK_SECONDS).toBe(5);
    expect(config.SLACK_BOT_TOKEN).toBeUndefined();
  });

  it("lists every problem at once", () => {
    let caught: unknown;
    try {
      parseConfig({
        LEEWAY_TICK_SECONDS: "soon",
        SMTP_URL: "http://mail",
        LEEWAY_ALLOW_PRIVATE_WEBHOOKS: "10.0.0.0/99",
      });
    } catch (error) {
      caught = error;
    }
    const paths = findLeewayError(caught, "invalid_request")?.problems.map((problem) => problem.path);
    expect(paths?.sort()).toEqual([
      "CLICKHOUSE_URL",
      "LEEWAY_ALLOW_PRIVATE_WEBHOOKS",
      "LEEWAY_TICK_SECONDS",
      "REDIS_URL",
      "SMTP_URL",
    ]);
  });

  it("treats an empty variable as unset", () => {
    expect(parseConfig({ ...needed, SMTP_URL: "" }).SMTP_URL).toBeUndefined();
  });
});
