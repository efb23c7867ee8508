import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** hashFile returns the SHA-256 of a file's bytes as hexadecimal text. O(bytes), constant memory. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }))
    hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** hashText returns the SHA-256 of a text as hexadecimal text. */
export function hashText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
