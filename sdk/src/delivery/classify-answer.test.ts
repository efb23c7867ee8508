import { describe, expect, it } from "vitest";
import { classifyAnswer } from "./classify-answer.ts";

const classify = (status: number, body = "{}", retryAfter: string | null = null) =>
  classifyAnswer({ status, body, retryAfter }, 0);

describe("classifyAnswer", () => {
  it.each([
    [400, "refused"],
    [401, "misconfigured"],
    [403, "misconfigured"],
    [404, "misconfigured"],
    [405, "misconfigured"],
    [307, "misconfigured"],
    [408, "retry"],
    [409, "conflict"],
    [413, "too_large"],
    [415, "refused"],
    [422, "refused"],
    [425, "retry"],
    [429, "retry"],
    [500, "retry"],
    [502, "retry"],
    [503, "retry"],
    [504, "retry"],
  ] as const)("takes HTTP %i for %s", (status, kind) => {
    expect(classify(status).kind).toBe(kind);
  });

  it("reads what was accepted, known and rejected, also from a server that leaves parts out", () => {
    const rejected = [{ index: 3, code: "bad", message: "no" }, {}];
    expect(classify(200, JSON.stringify({ accepted: 5, duplicate: 2, rejected }))).toEqual({
      kind: "accepted",
      accepted: 5,
      duplicate: 2,
      rejected: [
        { index: 3, code: "bad", message: "no" },
        { index: -1, code: "unknown", message: "" },
      ],
    });
    expect(classify(202, '{"accepted":1}')).toMatchObject({ kind: "accepted", duplicate: 0, rejected: [] });
  });

  it.each(["", "<html>", "[]", "null", '{"ok":true}'])(
    "does not take the 200 answer %j for a delivery",
    (body) => {
      expect(classify(200, body).kind).toBe("retry");
    },
  );

  it("keeps the problem's code and words, and what Retry-After asks", () => {
    const problem = '{"code":"quota_exceeded","title":"Too many","detail":"1000 an hour"}';
    expect(classify(429, problem, "7")).toEqual({
      kind: "retry",
      reason: "HTTP 429 quota_exceeded 1000 an hour",
      retryAfterMs: 7_000,
    });
  });
});
