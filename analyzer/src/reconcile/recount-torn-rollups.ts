import type { Store } from "@leeway/store";

const EVERY_MS = 60_000;

/** RecountDeps are what looking for torn roll-ups needs. */
export interface RecountDeps {
  store: Pick<Store, "tornParts">;
  now: () => number;
  log: (line: string) => void;
}

/** createTornRollupRecount returns a function that, once a minute, makes the hours of roll-ups that could not be read due again, says which, and returns how many parts they were. */
export function createTornRollupRecount({ store, now, log }: RecountDeps): () => Promise<number> {
  let lookedAt: number | undefined;
  return async () => {
    if (lookedAt !== undefined && now() - lookedAt < EVERY_MS) return 0;
    const parts = await store.tornParts.recount();
    lookedAt = now();
    for (const { table, part } of parts)
      log(`roll-up ${table}: part ${part} could not be read; its hours are counted again from raw rows`);
    return parts.length;
  };
}
