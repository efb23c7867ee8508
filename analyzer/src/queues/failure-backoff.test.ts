import { expect, it } from "vitest";
import { createFailureBackoff } from "./failure-backoff.ts";

it("createFailureBackoff leaves what fails alone for longer each time, up to five minutes, and forgets it after a success", () => {
  let now = 0;
  const backoff = createFailureBackoff(() => now);
  expect(backoff.isResting("a")).toBe(false);
  expect(backoff.failed("a")).toBe(1);
  expect(backoff.isResting("a")).toBe(true);
  expect(backoff.isResting("b")).toBe(false);
  now = 1_000;
  expect(backoff.isResting("a")).toBe(false);
  for (let i = 0; i < 20; i++) backoff.failed("a");
  now += 299_999;
  expect(backoff.isResting("a")).toBe(true);
  now += 1;
  expect(backoff.isResting("a")).toBe(false);
  backoff.succeeded("a");
  expect(backoff.failed("a")).toBe(1);
});
