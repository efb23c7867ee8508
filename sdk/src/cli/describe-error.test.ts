import { expect, it } from "vitest";
import { describeError } from "./describe-error.ts";

it("names the cause that an error only points to", () => {
  const refused = new Error("connect ECONNREFUSED 127.0.0.1:4700");
  expect(describeError(new TypeError("fetch failed", { cause: refused }))).toBe(
    "fetch failed: connect ECONNREFUSED 127.0.0.1:4700",
  );
});

it("names every address that was tried, and a code where there are no words", () => {
  const tried = new AggregateError([
    new Error("connect ECONNREFUSED ::1:4700"),
    new Error("connect ECONNREFUSED 127.0.0.1:4700"),
  ]);
  expect(describeError(new TypeError("fetch failed", { cause: tried }))).toBe(
    "fetch failed: connect ECONNREFUSED ::1:4700, connect ECONNREFUSED 127.0.0.1:4700",
  );
  expect(describeError(Object.assign(new Error(""), { code: "ECONNRESET" }))).toBe("ECONNRESET");
});
