import { LeewayError } from "@leeway/core/errors";
import { describe, expect, it } from "vitest";
import { problemOf } from "./problem.ts";

const refused = new Error("connect ECONNREFUSED 127.0.0.1:34367");
const SECRETS = /activity_versions|127\.0\.0\.1|34367|engine-spool|home/;

describe("a problem", () => {
  it.each([
    [
      "the store away",
      new LeewayError("store_unavailable", `activity_versions: ${refused.message}`, { cause: refused }),
      503,
    ],
    [
      "the store full",
      new LeewayError("store_overloaded", "insert (in file/uri /home/x/engine-spool/1)", { cause: refused }),
      503,
    ],
    [
      "a failed evaluation",
      new LeewayError("evaluation_failed", "(in file/uri /home/x/engine-spool/1098)"),
      500,
    ],
    ["a defect", new LeewayError("internal", "activity_versions: Unknown identifier"), 500],
    ["something unexpected", refused, 500],
    [
      "an outer error of ours",
      new Error("x", { cause: new LeewayError("internal", "activity_versions") }),
      500,
    ],
  ])("keeps the inside inside: %s", (_title, error, status) => {
    const { problem } = problemOf(error, "r");
    expect(problem.status).toBe(status);
    expect(JSON.stringify(problem)).not.toMatch(SECRETS);
    expect(problem.detail).toMatch(/log has the reason/);
  });

  it("says what the service says of itself", () => {
    const starting = new LeewayError("store_unavailable", "the service is starting");
    expect(problemOf(starting, "r").problem.detail).toBe("the service is starting");
  });

  it.each([400, 404, 405, 406, 408, 411, 413, 414, 415, 417, 421, 426, 428, 431, 451])(
    "of the framework with status %i is the caller's, under that status",
    (statusCode) => {
      const { problem } = problemOf(Object.assign(new Error("no"), { statusCode }), "r");
      expect(problem.status).toBe(statusCode);
      expect(problem.code).not.toBe("internal");
    },
  );

  it.each([200, 302, 500, 503, "x"])("of the framework with status %s is ours", (statusCode) => {
    expect(problemOf(Object.assign(new Error("no"), { statusCode }), "r").problem.status).toBe(500);
  });
});
