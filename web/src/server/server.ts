import type { createStore } from "@leeway/store";
import type { LoginThrottle } from "../auth/login-throttle.ts";
import type { WebConfig } from "./config.ts";

/** Server is everything the pages and route handlers of one process share. */
export interface Server {
  config: WebConfig;
  store: ReturnType<typeof createStore>;
  throttle: LoginThrottle;
  now: () => number;
  random: (bytes: number) => Buffer;
  /** Makes the administrator of the environment where missing; after its first success it does nothing. */
  ensureAdmin: () => Promise<void>;
}
