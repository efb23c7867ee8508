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
