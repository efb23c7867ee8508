import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Scope } from "@leeway/core/records";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SECRET_LENGTH = 30;
const CHECKSUM_LENGTH = 6;
const MADE_KEY = /^lw_(ing|report|manage|read|admin)_([0-9A-Za-z]{30})([0-9A-Za-z]{6})$/;
/** From the widest scope to the narrowest, with how keys of it begin. */
const KINDS = {
  admin: "admin",
  manage: "manage",
  read: "read",
  report: "report",
  ingest: "ing",
} as const satisfies Record<Scope, string>;

/** makeApiKey returns a new API key: prefix of its widest scope, 30 random base-62 characters (178 bits), 6 of CRC-32. */
export function makeApiKey(scopes: readonly Scope[], randomBytes: (count: number) => Uint8Array): string {
  const kind = Object.entries(KINDS).find(([scope]) => scopes.includes(scope as Scope))?.[1] ?? "ing";
  let secret = "";
  while (secret.length < SECRET_LENGTH) {
    // 248 is the largest multiple of 62 in a byte: dropping the rest keeps every character equally likely.
    for (const byte of randomBytes(SECRET_LENGTH)) {
      if (byte < 248 && secret.length < SECRET_LENGTH) secret += ALPHABET[byte % 62];
    }
  }
  return `lw_${kind}_${secret}${checksum(`lw_${kind}_${secret}`)}`;
}

/** isPlausibleKey says whether `key` could be an API key at all: junk is refused before anything is looked up. */
export function isPlausibleKey(key: string): boolean {
  if (!key.startsWith("lw_") || key.length < 20 || key.length > 256) return false;
  const made = MADE_KEY.exec(key);
  // A key of the operator's own choosing has no checksum.
  if (made === null) return !/^lw_(ing|report|manage|read|admin)_[0-9A-Za-z]{36}$/.test(key);
  return checksum(`lw_${made[1]}_${made[2]}`) === made[3];
}

/** hashApiKey returns the hex SHA-256 that stands for a key in the store. */
export function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let index = 0; index < CHECKSUM_LENGTH; index++) {
    digits = ALPHABET[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
