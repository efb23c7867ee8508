import type { createStore } from "@leeway/store";
import type { LoginThrottle } from "../auth/login-throttle.ts";
import type { AnalyzerQueue } from "./analyzer-queue.ts";
import type { CheckQueue } from "./check-queue.ts";
import type { WebConfig } from "./config.ts";

/** Server is everything the pages and route handlers of one process share. */
export interface Server {
  config: WebConfig;
  store: ReturnType<typeof createStore>;
  analyzer: AnalyzerQueue;
  throttle: LoginThrottle;
  checks: CheckQueue;
  now: () => number;
  random: (bytes: number) => Buffer;
  /** Makes the stored users agree with the environment; after its first success it does nothing. */
  ensureAdmin: () => Promise<void>;
}
