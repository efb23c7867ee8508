import type * as NodeFs from "node:fs";
import type { DropPolicy } from "../buffer/ring.ts";
import { noEvents } from "../delivery/batch-source.ts";
import type { CancelTimer, SdkRuntime } from "../runtime.ts";
import { adoptFolder } from "./adopt-folder.ts";
import { folderName, isOrphaned, parseFolderName, RELEASED_HOST, type SpoolOwner } from "./owner.ts";
import { encodeRecord } from "./record.ts";
import { createSegmentQueue } from "./segment-queue.ts";
import { createSegmentWriter } from "./segment-writer.ts";
import type { Spool, SpoolEvents } from "./spool.ts";

/** SpoolOptions say where the spool is and how large it may get. */
export interface SpoolOptions {
  readonly dir: string;
  readonly maxBytes: number;
  readonly dropPolicy: DropPolicy;
  readonly isSynced: boolean;
  /** freshBytes of the newest records stay in memory too. Default 4 MiB. */
  readonly freshBytes?: number;
}

/** SpoolDeps are what a spool takes from outside. */
export interface SpoolDeps {
  readonly fs: typeof NodeFs;
  readonly owner: SpoolOwner;
  readonly startIdOf: (pid: number) => string | null;
  readonly now: SdkRuntime["now"];
  readonly schedule: SdkRuntime["schedule"];
  readonly events: SpoolEvents;
}

const LARGEST_SEGMENT = 8 * 1024 * 1024;
const FRESH_BYTES = 4 * 1024 * 1024;
/** Eight segments at least, so that making room drops an eighth of the spool and not all of it. */
const SEGMENTS = 8;
const HEARTBEAT_MS = 20_000;
const ALIVE_FILE = "alive";

/**
 * openSpool returns a spool with a folder of its own in the spool directory, having taken over the folders of processes that
 * are gone. Ownership is in the folder's name and changes hands by one atomic rename, so that two heirs can't both win.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a factory: what it returns shares the state above it
export async function openSpool(options: SpoolOptions, deps: SpoolDeps): Promise<Spool> {
  const { fs, events } = deps;
  const folder = `${options.dir}/${folderName(deps.owner)}`;
  const adopted = new Set<string>();
  let damagedRecords = 0;
  let adoptions = 0;
  let cancelHeartbeat: CancelTimer = () => undefined;

  const queue = createSegmentQueue(fs, options.freshBytes ?? FRESH_BYTES, ({ kind, count }) => {
    damagedRecords++;
    events.damaged({ ...noEvents(), [kind]: count });
  });
  const writer = createSegmentWriter(fs, queue, {
    folder,
    isSynced: options.isSynced,
    segmentBytes: Math.min(LARGEST_SEGMENT, Math.ceil(options.maxBytes / SEGMENTS)),
  });

  async function adopt(name: string): Promise<void> {
    adoptions++;
    const heir = `${folder}a${adoptions}`;
    await fs.promises.writeFile(`${options.dir}/${name}/${ALIVE_FILE}`, "");
    await fs.promises.rename(`${options.dir}/${name}`, heir);
    const { segments, damaged } = await adoptFolder(fs, heir);
    if (segments.length === 0) await fs.promises.rm(heir, { recursive: true, force: true });
    else adopted.add(heir);
    const recovered = noEvents();
    for (const segment of segments) {
      queue.add(segment);
      for (const { kind, count } of segment.pending) recovered[kind] += count;
    }
    damagedRecords += damaged;
    events.recovered(recovered);
    if (damaged > 0) events.damaged(noEvents());
  }

  async function adoptOrphans(): Promise<void> {
    for (const name of (await fs.promises.readdir(options.dir)).sort()) {
      const owner = parseFolderName(name);
      if (owner === null || !isOrphaned(owner, await signsOf(name))) continue;
      // Another heir was faster: the folder is gone under our hands.
      await adopt(name).catch(ignoreMissing);
    }
  }

  async function signsOf(name: string) {
    const path = `${options.dir}/${name}`;
    const seen = await Promise.all(
      [path, `${path}/${ALIVE_FILE}`].map((file) => fs.promises.stat(file).then(modifiedAt, () => 0)),
    );
    const ownHost = parseFolderName(folderName(deps.owner))?.host ?? deps.owner.host;
    return { ownHost, startIdOf: deps.startIdOf, silentMs: deps.now() - Math.max(...seen) };
  }

  function beat(): void {
    cancelHeartbeat = deps.schedule(HEARTBEAT_MS, () => {
      const folders = [folder, ...adopted];
      const beats = folders.map((each) => fs.promises.writeFile(`${each}/${ALIVE_FILE}`, ""));
      // A missed beat is made up by the next; the folder may also just have been emptied and removed.
      Promise.allSettled(beats)
        .then(() => adoptOrphans())
        .catch(() => undefined);
      beat();
    });
  }

  async function removeOrRelease(each: string, index: number): Promise<void> {
    const names = await fs.promises.readdir(each);
    if (names.some((name) => name.endsWith(".seg"))) {
      const released = { ...deps.owner, host: RELEASED_HOST, token: `${deps.owner.token}r${index}` };
      await fs.promises.rename(each, `${options.dir}/${folderName(released)}`);
    } else await fs.promises.rm(each, { recursive: true, force: true });
  }

  await fs.promises.mkdir(folder, { recursive: true });
  await adoptOrphans();
  beat();

  return {
    get bytes() {
      return queue.bytes;
    },
    get damagedRecords() {
      return damagedRecords;
    },
    waiting: queue.waiting,
    async append(batch) {
      const record = encodeRecord(batch);
      while (queue.bytes + record.length > options.maxBytes) {
        if (options.dropPolicy === "drop_newest" || record.length > options.maxBytes) return "full";
        await writer.rotate();
        const dropped = await queue.dropOldest();
        if (dropped === null) continue;
        events.dropped(dropped);
      }
      await writer.append(record, batch);
      return "spooled";
    },
    appendSync: writer.appendSync,
    hasNext: queue.hasNext,
    next: queue.next,
    settle: queue.settle,
    adoptOrphans,
    async close() {
      cancelHeartbeat();
      await writer.rotate();
      await Promise.all([folder, ...adopted].map(removeOrRelease));
    },
  };
}

function modifiedAt({ mtimeMs }: { readonly mtimeMs: number }): number {
  return mtimeMs;
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
