import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { makePrivate } from "./private-folder.ts";

const keptSchema = z.object({
  apiKey: z.string().optional(),
  adminEmail: z.string().optional(),
  adminPassword: z.string().optional(),
  enginePassword: z.string().optional(),
  redisPassword: z.string().optional(),
});

/** What a first start hands to the services, and to the person: set in the environment, or made at random and printed once. */
export interface Credentials {
  apiKey: string;
  adminEmail: string;
  adminPassword: string;
  enginePassword: string;
  redisPassword: string;
  /** Which of them this start has made at random, so that the person has not seen them yet. */
  made: { apiKey: boolean; adminPassword: boolean };
}

/**
 * ensureCredentials returns the credentials of `dataDir`: from the environment where set, else those made at the first start. Only these are kept, readable by this user
 * alone: the services need them again. What the environment gives is neither kept nor printed.
 */
export function ensureCredentials(dataDir: string, env: NodeJS.ProcessEnv): Credentials {
  makePrivate(dataDir);
  const path = join(dataDir, "credentials.json");
  const kept = existsSync(path) ? keptSchema.parse(JSON.parse(readFileSync(path, "utf8"))) : {};
  const given = {
    apiKey: setting(env, "LEEWAY_BOOTSTRAP_API_KEY"),
    adminEmail: setting(env, "LEEWAY_ADMIN_EMAIL"),
    adminPassword: setting(env, "LEEWAY_ADMIN_PASSWORD"),
  };
  const own = {
    apiKey: given.apiKey === undefined ? (kept.apiKey ?? `lw_${randomText(40)}`) : undefined,
    adminEmail: given.adminEmail === undefined ? (kept.adminEmail ?? "admin@leeway.local") : undefined,
    adminPassword: given.adminPassword === undefined ? (kept.adminPassword ?? randomText(20)) : undefined,
    enginePassword: kept.enginePassword ?? randomText(40),
    redisPassword: kept.redisPassword ?? randomText(40),
  };
  writeFileSync(path, `${JSON.stringify(own, null, 2)}\n`, { mode: 0o600 });
  return {
    apiKey: given.apiKey ?? own.apiKey ?? "",
    adminEmail: given.adminEmail ?? own.adminEmail ?? "",
    adminPassword: given.adminPassword ?? own.adminPassword ?? "",
    enginePassword: own.enginePassword,
    redisPassword: own.redisPassword,
    made: {
      apiKey: own.apiKey !== undefined && own.apiKey !== kept.apiKey,
      adminPassword: own.adminPassword !== undefined && own.adminPassword !== kept.adminPassword,
    },
  };
}

function setting(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name];
  return value === "" ? undefined : value;
}

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** randomText returns `length` characters drawn evenly from 0-9A-Za-z (5.95 bits each). */
export function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // 248 = 4 × 62: bytes above would favour the first letters.
      if (byte < 248 && text.length < length) text += ALPHABET[byte % 62];
    }
  }
  return text;
}
