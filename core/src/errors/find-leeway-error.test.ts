import { expect, test, vi } from "vitest";
import { findLeewayError } from "./find-leeway-error.ts";
import { LeewayError } from "./leeway-error.ts";

test("an error made by another copy of the class is found, as happens across bundles", async () => {
  vi.resetModules();
  const other = await import("./leeway-error.ts");
  const error = new Error("page failed", { cause: new other.LeewayError("store_unavailable", "away") });
  expect(other.LeewayError).not.toBe(LeewayError);
  expect(findLeewayError(error)?.code).toBe("store_unavailable");
  expect(findLeewayError(error, "timeout")).toBeUndefined();
});

test.each([new Error("other"), { code: "store_unavailable" }, undefined])("%s is none", (value) => {
  expect(findLeewayError(value)).toBeUndefined();
});
