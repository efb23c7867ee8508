import "server-only";
import { isWorthRefreshing } from "../view/worth-refreshing.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

/** loadIsOutOfDate decides whether a page of the person's project that was made at `madeAt` shows something that has changed since. */
export async function loadIsOutOfDate({ project }: Principal, madeAt: number): Promise<boolean> {
  const { store, now } = server();
  return isWorthRefreshing({ madeAt, now: now(), newest: await store.newestChanges(project) });
}
