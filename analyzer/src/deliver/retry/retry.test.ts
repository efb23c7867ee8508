import { describe, expect, it } from "vitest";
import { decideRetry } from "./decide-retry.ts";
import type { DeliverySymptom } from "./delivery-result.ts";
import { parseRetryAfter } from "./parse-retry-after.ts";
import { RETRY_DELAYS_MS, retryDelay } from "./retry-delay.ts";

const TABLE: readonly [DeliverySymptom, "retry" | "refused"][] = [
  [{ kind: "http", status: 301 }, "refused"],
  [{ kind: "http", status: 400 }, "refused"],
  [{ kind: "http", status: 401 }, "refused"],
  [{ kind: "http", status: 404 }, "refused"],
  [{ kind: "http", status: 408 }, "retry"],
  [{ kind: "http", status: 410 }, "refused"],
  [{ kind: "http", status: 425 }, "retry"],
  [{ kind: "http", status: 429, retryAfterSeconds: 7 }, "retry"],
  [{ kind: "http", status: 500 }, "retry"],
  [{ kind: "http", status: 503 }, "retry"],
  [{ kind: "slack", error: "ratelimited" }, "retry"],
  [{ kind: "slack", error: "internal_error" }, "retry"],
  [{ kind: "slack", error: "channel_not_found" }, "refused"],
  [{ kind: "slack", error: "token_revoked" }, "refused"],
  [{ kind: "slack", error: "an_error_slack_adds_next_year" }, "refused"],
  [{ kind: "smtp", code: 421, response: "421 busy" }, "retry"],
  [{ kind: "smtp", code: 450, response: "450 greylisted" }, "retry"],
  [{ kind: "smtp", code: 535, response: "535 bad password" }, "refused"],
  [{ kind: "smtp", code: 550, response: "550 no such user" }, "refused"],
  [{ kind: "network", code: "ECONNREFUSED" }, "retry"],
  [{ kind: "timeout", afterMs: 15_000 }, "retry"],
  [{ kind: "target", reason: "127.0.0.1 is private" }, "refused"],
  [{ kind: "setting", name: "SMTP_URL" }, "refused"],
];

describe("decideRetry", () => {
  it.each(TABLE)("%j → %s", (symptom, outcome) => {
    expect(decideRetry(symptom).outcome).toBe(outcome);
  });

  it("passes the receiver's Retry-After on in milliseconds", () => {
    expect(decideRetry({ kind: "http", status: 429, retryAfterSeconds: 7 })).toMatchObject({
      retryAfterMs: 7_000,
    });
  });
});

describe("retryDelay", () => {
  it("keeps trying for about a day and then stops", () => {
    const total = RETRY_DELAYS_MS.reduce((sum, delay) => sum + delay, 0);
    expect(total).toBeGreaterThan(23 * 3_600_000);
    expect(retryDelay(RETRY_DELAYS_MS.length + 1, undefined, 0)).toEqual({ outcome: "exhausted" });
  });

  it("waits at least as long as the receiver asks", () => {
    expect(retryDelay(1, 60_000, 0.5)).toEqual({ outcome: "wait", delayMs: 60_000 });
    expect(retryDelay(1, 1_000, 0.5)).toEqual({ outcome: "wait", delayMs: 5_500 });
  });
});

describe("parseRetryAfter", () => {
  it.each([
    ["7", 7],
    ["Thu, 01 Jan 2026 00:00:10 GMT", 10],
    ["Wed, 31 Dec 2025 23:59:00 GMT", 0],
    ["soon", undefined],
    [undefined, undefined],
  ])("reads %s as %s", (header, seconds) => {
    expect(parseRetryAfter(header, Date.UTC(2026, 0, 1))).toBe(seconds);
  });
});
