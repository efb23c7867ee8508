import { LeewayError } from "@leeway/core/errors";

/** StoreGate is shut while the store is known to be away, so that requests are asked to come back before they cost anything. */
export interface StoreGate {
  /** Throws `store_unavailable` while the gate is shut. */
  check(): void;
  readonly isOpen: boolean;
  /** Shuts the gate: an insert just failed for the store's sake. */
  shut(): void;
  /** Stops probing. */
  close(): void;
}

export interface StoreGateOptions {
  /** Says whether the store answers; a rejection counts as no. */
  ping: () => Promise<boolean>;
  probeMs?: number;
}

/** createStoreGate returns an open gate; once shut, it asks the store again and again and opens by itself at the first answer. */
export function createStoreGate({ ping, probeMs = 500 }: StoreGateOptions): StoreGate {
  let timer: NodeJS.Timeout | undefined;

  async function probe(): Promise<void> {
    const answers = await ping().catch(() => false);
    if (timer === undefined) return;
    if (answers) timer = undefined;
    else timer = setTimeout(() => void probe(), probeMs);
  }

  return {
    check() {
      if (timer === undefined) return;
      throw new LeewayError("store_unavailable", "the store is not available; nothing was taken", {
        retryAfterSeconds: 2,
      });
    },
    get isOpen() {
      return timer === undefined;
    },
    shut() {
      timer ??= setTimeout(() => void probe(), probeMs);
    },
    close() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
