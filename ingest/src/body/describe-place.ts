import type { JsonPlace } from "./scan-json.ts";

const SHOWN = 12;
const NAMES_SHOWN = 8;

/** describePlace returns a place in a text in words: line (from 1), offset in bytes (from 0), the member, and what is wrong there. */
export function describePlace(bytes: Buffer, { offset, path }: JsonPlace, problem?: string): string {
  let line = 1;
  for (let at = bytes.indexOf(0x0a); at !== -1 && at < offset; at = bytes.indexOf(0x0a, at + 1)) line++;
  const member = path
    .slice(0, NAMES_SHOWN)
    .map((name) => String(name).slice(0, 64))
    .join(".");
  const where = `line ${line}, offset ${offset}${member === "" ? "" : `, ${member}`}`;
  return `${where}: ${problem ?? foundAt(bytes, offset)}`;
}

function foundAt(bytes: Buffer, offset: number): string {
  if (offset >= bytes.length) return "it ends too early";
  if (offset === 0 && bytes[0] === 0xef) return "it begins with a byte order mark, which JSON does not allow";
  return `${JSON.stringify(bytes.toString("utf8", offset, offset + SHOWN))} is not expected here`;
}
