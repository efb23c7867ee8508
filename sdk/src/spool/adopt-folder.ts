import type * as NodeFs from "node:fs";
import { scanSegment } from "./record.ts";
import { CURSOR_FILE, type Segment } from "./segment-queue.ts";

/** AdoptedFolder is what an earlier process left behind. */
export interface AdoptedFolder {
  readonly segments: readonly Segment[];
  /** damaged counts stretches of bytes that hold no whole record. */
  readonly damaged: number;
}

const SEGMENT_NAME = /^\d{8}\.seg$/;

/** adoptFolder reads what is still to be delivered of a folder whose owner is gone. A torn last record is cut off. */
export async function adoptFolder(fs: typeof NodeFs, folder: string): Promise<AdoptedFolder> {
  const names = (await fs.promises.readdir(folder)).filter((name) => SEGMENT_NAME.test(name)).sort();
  const cursor = await readCursor(fs, folder);
  const segments: Segment[] = [];
  let damaged = 0;
  for (const name of names) {
    const path = `${folder}/${name}`;
    const bytes = await fs.promises.readFile(path);
    const scan = scanSegment(bytes);
    damaged += scan.damaged;
    const last = scan.records.at(-1);
    const end = last === undefined ? 0 : last.offset + last.length;
    if (scan.isTorn) await fs.promises.truncate(path, end);
    const delivered = cursor !== null && name === cursor.segment ? cursor.offset : 0;
    const pending = scan.records
      .filter((record) => record.offset >= delivered)
      .map((record) => ({ ...record, batch: null }));
    if (pending.length === 0) await fs.promises.rm(path, { force: true });
    else segments.push({ folder, name, bytes: end, isOpen: false, pending, handedOut: [] });
  }
  return { segments, damaged };
}

async function readCursor(
  fs: typeof NodeFs,
  folder: string,
): Promise<{ segment: string; offset: number } | null> {
  try {
    const cursor: unknown = JSON.parse(await fs.promises.readFile(`${folder}/${CURSOR_FILE}`, "utf8"));
    const { segment, offset } = cursor as { segment: unknown; offset: unknown };
    return typeof segment === "string" && typeof offset === "number" ? { segment, offset } : null;
  } catch {
    // Without a cursor everything is sent again, under the old batch ids: the server counts it once.
    return null;
  }
}
