import { expect, test } from "vitest";
import { parseConfig } from "./config.ts";

const MINIMUM = { CLICKHOUSE_URL: "http://127.0.0.1:8123", LEEWAY_PUBLIC_URL: "http://localhost:4701" };

test("the smallest environment has no administrator and no default secret", () => {
  const config = parseConfig(MINIMUM);
  expect(config.admin).toBeUndefined();
  expect(config.isSecure).toBe(false);
  expect(parseConfig({ ...MINIMUM, LEEWAY_PUBLIC_URL: "https://l.example" }).isSecure).toBe(true);
});

test("all problems are listed together", () => {
  const attempt = () =>
    parseConfig({ CLICKHOUSE_URL: "nonsense", LEEWAY_PUBLIC_URL: "javascript:1", LEEWAY_ADMIN_EMAIL: "x" });
  expect(attempt).toThrow(/CLICKHOUSE_URL[\s\S]*LEEWAY_PUBLIC_URL[\s\S]*LEEWAY_ADMIN_EMAIL/);
});

test("an administrator needs both an address and a password of at least 12 characters", () => {
  expect(() => parseConfig({ ...MINIMUM, LEEWAY_ADMIN_EMAIL: "a@b.org" })).toThrow(/together/);
  expect(() =>
    parseConfig({ ...MINIMUM, LEEWAY_ADMIN_EMAIL: "a@b.org", LEEWAY_ADMIN_PASSWORD: "short" }),
  ).toThrow(/LEEWAY_ADMIN_PASSWORD/);
});

test.each([
  ["password1234!", /common words/],
  ["x".repeat(129), /too long: use at most 128 characters/],
  ["ada@example.org1", /common words/],
])("the administrator's password %s is refused with a reason", (password, reason) => {
  const env = { ...MINIMUM, LEEWAY_ADMIN_EMAIL: "ada@example.org", LEEWAY_ADMIN_PASSWORD: password };
  expect(() => parseConfig(env)).toThrow(reason);
});

test("no proxy is trusted unless it is named", () => {
  expect(parseConfig(MINIMUM).isTrustedProxy("127.0.0.1")).toBe(false);
  const { isTrustedProxy } = parseConfig({ ...MINIMUM, LEEWAY_TRUSTED_PROXIES: "127.0.0.1, 10.0.0.0/8" });
  expect([isTrustedProxy("::ffff:10.9.8.7"), isTrustedProxy("11.0.0.1")]).toEqual([true, false]);
  expect(() => parseConfig({ ...MINIMUM, LEEWAY_TRUSTED_PROXIES: "proxy.example" })).toThrow(
    /LEEWAY_TRUSTED_PROXIES: "proxy.example" is no IP address/,
  );
});
