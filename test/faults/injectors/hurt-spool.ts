import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scanSegment } from "../../../sdk/src/spool/record.ts";

/**
 * hurtSpool leaves in every file of a spool what a crash or a bad disk leaves: a record with a flipped byte before the whole ones and half of
 * a record after them. No whole record is touched. Returns how many files were hurt.
 */
export function hurtSpool(spoolDir: string): number {
  const files = readdirSync(spoolDir, { recursive: true, encoding: "utf8" })
    .map((name) => join(spoolDir, name))
    .filter((path) => statSync(path).isFile());
  return files.filter(hurtFile).length;
}

function hurtFile(path: string): boolean {
  const bytes = readFileSync(path);
  const [first] = scanSegment(bytes).records;
  if (first === undefined) return false;
  const whole = bytes.subarray(first.offset, first.offset + first.length);
  const flipped = Buffer.from(whole);
  const middle = Math.floor(flipped.length / 2);
  flipped[middle] = (flipped[middle] ?? 0) ^ 0x10;
  writeFileSync(path, Buffer.concat([flipped, bytes, whole.subarray(0, middle)]));
  return true;
}
