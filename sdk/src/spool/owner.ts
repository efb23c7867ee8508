/** SpoolOwner is the process a spool folder belongs to, as the folder's name tells. */
export interface SpoolOwner {
  readonly host: string;
  readonly pid: number;
  /** startId tells a process from a later one with the same pid; "0" where the platform doesn't say. */
  readonly startId: string;
  /** token tells clients of one process apart. */
  readonly token: string;
}

/** RELEASED_HOST names folders whose owner has closed: anyone may take them over. */
export const RELEASED_HOST = "released";

const FOLDER_NAME = /^([A-Za-z0-9._-]+)~(\d+)~([A-Za-z0-9-]+)~([A-Za-z0-9]+)$/;
/** An owner on another host is taken for dead when its folder's sign of life is older than this. */
const SILENT_OWNER_MS = 120_000;

/** folderName returns the name of an owner's folder. */
export function folderName(owner: SpoolOwner): string {
  return `${owner.host.replaceAll(/[^A-Za-z0-9._-]/g, "_")}~${owner.pid}~${owner.startId}~${owner.token}`;
}

/** parseFolderName returns the owner a folder's name tells, or null when it isn't a spool folder. */
export function parseFolderName(name: string): SpoolOwner | null {
  const match = FOLDER_NAME.exec(name);
  if (match === null) return null;
  const [, host, pid, startId, token] = match as unknown as [string, string, string, string, string];
  return { host, pid: Number(pid), startId, token };
}

/** OwnerSigns are what can be seen of an owner from here. */
export interface OwnerSigns {
  /** ownHost is this machine's name. */
  readonly ownHost: string;
  /** startIdOf returns the start id of a running process here, null when there is no such process. */
  readonly startIdOf: (pid: number) => string | null;
  /** lastSeenMs is how long ago the owner last gave a sign of life. */
  readonly silentMs: number;
}

/**
 * isOrphaned decides whether a folder's owner is gone for good. On this host the process list says so (a pid in use again by
 * a later process is not the owner); of another host only silence is seen.
 */
export function isOrphaned(owner: SpoolOwner, signs: OwnerSigns): boolean {
  if (owner.host === RELEASED_HOST) return true;
  if (owner.host !== signs.ownHost) return signs.silentMs > SILENT_OWNER_MS;
  const startId = signs.startIdOf(owner.pid);
  if (startId === null) return true;
  return startId !== "0" && owner.startId !== "0" && startId !== owner.startId;
}
