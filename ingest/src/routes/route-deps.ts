import type { Store } from "@leeway/store";
import type { KeyDirectory } from "../auth/key-directory.ts";
import type { EventLanes } from "../events/create-lanes.ts";
import type { IngestEventsDeps } from "../events/ingest-events.ts";
import type { JobQueues } from "../queues/job-queues.ts";

/** RouteDeps is what the routes are made from. */
export interface RouteDeps {
  store: Store;
  lanes: EventLanes;
  ingest: IngestEventsDeps;
  queues: JobQueues;
  keys: KeyDirectory;
  referenceBytes: number;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  randomBytes: (count: number) => Uint8Array;
}
