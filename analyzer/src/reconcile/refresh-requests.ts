import type { Store } from "@leeway/store";

const EVERY_MS = 60_000;
// Counting takes at most a tenth of the time, however much traffic there is.
const REST_PER_LOOK = 10;

/** createRequestRefresh returns a function that counts the requests of all models anew where rows came, once a minute at most and one count at a time: pages show minutes that no window ends with. */
export function createRequestRefresh(deps: {
  store: { serving: Pick<Store["serving"], "refreshAll"> };
  project: string;
  now: () => number;
}): () => Promise<void> {
  let nextAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const began = deps.now();
    if (began < nextAt) return;
    nextAt = Number.POSITIVE_INFINITY;
    try {
      await deps.store.serving.refreshAll(deps.project);
    } finally {
      const ended = deps.now();
      nextAt = ended + Math.max(EVERY_MS, REST_PER_LOOK * (ended - began));
    }
  };
}
