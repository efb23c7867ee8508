import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ensureCredentials } from "./credentials.ts";

let folder = "";
const umask = process.umask();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leeway-credentials-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  process.umask(umask);
});

it("what was made at random is shown at the first start only, and the same at the next", () => {
  const first = ensureCredentials(folder, {});
  expect(first.made).toEqual({ apiKey: true, adminPassword: true });
  const { made, ...again } = ensureCredentials(folder, {});
  expect(made).toEqual({ apiKey: false, adminPassword: false });
  expect({ ...again, made: first.made }).toEqual(first);
  expect(new Set([first.apiKey, first.adminPassword, first.enginePassword, first.redisPassword]).size).toBe(
    4,
  );
});

it("what the environment gives is neither kept nor shown", () => {
  const env = { LEEWAY_BOOTSTRAP_API_KEY: "lw_given-key", LEEWAY_ADMIN_PASSWORD: "given password" };
  const given = ensureCredentials(folder, env);
  expect(given).toMatchObject({ apiKey: "lw_given-key", adminPassword: "given password" });
  expect(given.made).toEqual({ apiKey: false, adminPassword: false });
  expect(readFileSync(join(folder, "credentials.json"), "utf8")).not.toContain("given");
});

it("a data directory that was open to everybody is closed, with what lies in it", () => {
  mkdirSync(join(folder, "logs"), { mode: 0o755 });
  writeFileSync(join(folder, "logs/web.log"), "", { mode: 0o644 });
  writeFileSync(join(folder, "credentials.json"), "{}", { mode: 0o644 });
  chmodSync(folder, 0o755);
  ensureCredentials(folder, {});
  writeFileSync(join(folder, "logs/later.log"), "");
  for (const name of ["", "logs", "logs/web.log", "logs/later.log", "credentials.json"])
    expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
});
