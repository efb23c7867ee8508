import "server-only";
import { server } from "./composition.ts";

/** now returns the server's clock in epoch milliseconds. */
export function now(): number {
  return server().now();
}
