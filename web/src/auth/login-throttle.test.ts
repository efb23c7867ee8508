import { expect, test } from "vitest";
import { createLoginThrottle } from "./login-throttle.ts";

function failTimes(count: number, now = 0) {
  const throttle = createLoginThrottle();
  for (let i = 0; i < count; i++) throttle.recordFailure("a", now);
  return throttle;
}

test("five failures are free, then the wait doubles up to a minute", () => {
  expect(failTimes(4).check("a", 0)).toEqual({ outcome: "allowed" });
  expect(failTimes(5).check("a", 0)).toEqual({ outcome: "wait", retryAfterSeconds: 2 });
  expect(failTimes(6).check("a", 0)).toEqual({ outcome: "wait", retryAfterSeconds: 4 });
  expect(failTimes(50).check("a", 0)).toEqual({ outcome: "wait", retryAfterSeconds: 60 });
});

test("the wait ends, other accounts never wait, and five quiet minutes forget the failures", () => {
  const throttle = failTimes(5);
  expect(throttle.check("a", 2_000)).toEqual({ outcome: "allowed" });
  expect(throttle.check("b", 0)).toEqual({ outcome: "allowed" });
  throttle.recordFailure("a", 400_000);
  expect(throttle.check("a", 400_000)).toEqual({ outcome: "allowed" });
});

test("a success clears the account's failures", () => {
  const throttle = failTimes(9);
  throttle.recordSuccess("a");
  expect(throttle.check("a", 0)).toEqual({ outcome: "allowed" });
});

test("memory is bounded: the account that failed longest ago is forgotten first", () => {
  const throttle = createLoginThrottle(2);
  for (const account of ["a", "b", "c"]) for (let i = 0; i < 6; i++) throttle.recordFailure(account, 0);
  expect(throttle.check("a", 0).outcome).toBe("allowed");
  expect(throttle.check("c", 0).outcome).toBe("wait");
});
