import "server-only";
import { type EnvironmentHealth, readHealth } from "@leeway/store";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

/** loadHealth returns the health of every model of the person's project (or of one) by environment, as the API answers it. */
export function loadHealth(principal: Principal, model?: string): Promise<EnvironmentHealth[]> {
  const { store, now } = server();
  return readHealth(store, principal.project, { now: now(), model });
}
