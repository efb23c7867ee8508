import type { Store } from "@leeway/store";
import { labelReads } from "./label-reads.ts";
import type { ModelStore } from "./model-store.ts";
import { performanceReads } from "./performance-reads.ts";
import { profileReads } from "./profile-reads.ts";
import { trafficReads } from "./traffic-reads.ts";

/** createModelStore returns what one pass asks of the store, for one project. */
export function createModelStore(store: Store, project: string): ModelStore {
  const known = store.forProject(project);
  return { ...trafficReads(known), ...profileReads(known), ...performanceReads(known), ...labelReads(known) };
}
