import { expect, test } from "vitest";
import { createLoginThrottle, type LoginThrottle, type LoginTry } from "./login-throttle.ts";

const ATTACKER: LoginTry = { account: "ada", network: "203.0.113.9", device: undefined };
const ALLOWED = { outcome: "allowed" };

function fail(throttle: LoginThrottle, login: LoginTry, count: number, now = 0): LoginThrottle {
  for (let i = 0; i < count; i++) throttle.begin(login, now);
  return throttle;
}

test.each<[string, number, Partial<LoginTry>, number, number | undefined]>([
  ["four failures are free", 4, {}, 0, undefined],
  ["the fifth is followed by a wait of 2 s", 5, {}, 0, 2],
  ["the wait doubles", 6, {}, 0, 4],
  ["up to a minute", 50, {}, 0, 60],
  ["the wait counts down", 6, {}, 3_000, 1],
  ["and ends", 6, {}, 4_000, undefined],
  ["five quiet minutes forget the failures", 50, {}, 300_001, undefined],
  ["the same account from another network does not wait", 50, { network: "198.51.100.1" }, 0, undefined],
  ["nor does a known device in the attacker's own network", 50, { device: "laptop" }, 0, undefined],
  ["nor does another account", 50, { account: "bob" }, 0, undefined],
])("%s", (_, failures, other, now, retryAfterSeconds) => {
  const throttle = fail(createLoginThrottle(), ATTACKER, failures);
  const wait = retryAfterSeconds === undefined ? ALLOWED : { outcome: "wait", retryAfterSeconds };
  expect(throttle.check({ ...ATTACKER, ...other }, now)).toEqual(wait);
});

test("a refused try prolongs no wait, neither its own nor anybody's", () => {
  const throttle = fail(createLoginThrottle(), ATTACKER, 6);
  for (let now = 0; now < 4_000; now += 10) throttle.check(ATTACKER, now);
  expect(throttle.check(ATTACKER, 4_000)).toEqual(ALLOWED);
});

test("a known device that guesses is slowed down like everybody, in whatever network it is", () => {
  const stolen = { ...ATTACKER, device: "laptop" };
  const throttle = fail(createLoginThrottle(), stolen, 6);
  expect(throttle.check({ ...stolen, network: "198.51.100.1" }, 0)).toMatchObject({ outcome: "wait" });
  expect(throttle.check(ATTACKER, 0)).toEqual(ALLOWED);
});

test("a success clears its own failures, a try that could not be checked is taken back", () => {
  const throttle = fail(createLoginThrottle(), ATTACKER, 9);
  throttle.succeed(ATTACKER);
  expect(throttle.check(ATTACKER, 0)).toEqual(ALLOWED);
  fail(throttle, ATTACKER, 5).abandon(ATTACKER);
  expect(throttle.check(ATTACKER, 0)).toEqual(ALLOWED);
});

test("a network that tries many accounts is slowed down and not refused; others and known devices are not slowed", () => {
  const throttle = createLoginThrottle();
  for (let i = 0; i < 30; i++) throttle.begin({ ...ATTACKER, account: `guess-${i}` }, 1_000);
  expect(throttle.check(ATTACKER, 1_000)).toEqual(ALLOWED);
  expect(throttle.nextCheckAt(ATTACKER.network, 1_000)).toBe(1_500);
  expect(throttle.nextCheckAt("198.51.100.1", 1_000)).toBe(1_000);
  expect(throttle.nextCheckAt(ATTACKER.network, 400_000)).toBe(400_000);
});

test("signing in to an account of one's own does not wipe out guesses at others", () => {
  const throttle = createLoginThrottle();
  for (let i = 0; i < 40; i++) throttle.begin({ ...ATTACKER, account: `guess-${i}` }, 0);
  const own = { ...ATTACKER, account: "own" };
  throttle.begin(own, 0);
  throttle.succeed(own);
  expect(throttle.nextCheckAt(ATTACKER.network, 0)).toBe(500);
});

test("memory is bounded: who failed longest ago is forgotten first", () => {
  const throttle = createLoginThrottle(2);
  for (const account of ["a", "b", "c"]) fail(throttle, { ...ATTACKER, account }, 6);
  expect(throttle.check({ ...ATTACKER, account: "a" }, 0).outcome).toBe("allowed");
  expect(throttle.check({ ...ATTACKER, account: "c" }, 0).outcome).toBe("wait");
});
