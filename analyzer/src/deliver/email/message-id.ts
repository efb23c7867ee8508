import { createHash } from "node:crypto";

/** messageId returns the Message-ID of anything with an id of ours: the same on every attempt, so that mail systems drop repeats. */
export function messageId(id: string, from: string): string {
  const domain = /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1] ?? "localhost";
  const local = createHash("sha256").update(id).digest("hex").slice(0, 40);
  return `<${local}@${domain}>`;
}
