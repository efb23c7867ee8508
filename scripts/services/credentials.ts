import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a first start hands to the services, and to the person: set in the environment, or made at random and printed once. */
export interface Credentials {
  apiKey: string;
  adminEmail: string;
  adminPassword: string;
  enginePassword: string;
  /** False from the second start on: the person has seen them. */
  isNew: boolean;
}

/** ensureCredentials returns the credentials of `dataDir`: from the environment where set, else those made at the first start (kept readable by this user alone, since the services need them again). */
export function ensureCredentials(dataDir: string, env: NodeJS.ProcessEnv): Credentials {
  const path = join(dataDir, "credentials.json");
  mkdirSync(dataDir, { recursive: true });
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Partial<Credentials>) : {};
  const credentials = {
    apiKey: env["LEEWAY_BOOTSTRAP_API_KEY"] ?? kept.apiKey ?? `lw_${randomText(40)}`,
    adminEmail: env["LEEWAY_ADMIN_EMAIL"] ?? kept.adminEmail ?? "admin@leeway.local",
    adminPassword: env["LEEWAY_ADMIN_PASSWORD"] ?? kept.adminPassword ?? randomText(20),
    enginePassword: kept.enginePassword ?? randomText(40),
  };
  writeFileSync(path, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  return { ...credentials, isNew: kept.apiKey === undefined };
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
