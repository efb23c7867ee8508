import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { LeewayError } from "@leeway/core/errors";
import { type AllowList, isAllowed } from "./allow-list.ts";
import { isBlockedAddress } from "./blocked-address.ts";

/** isReachable decides whether a webhook to `host` may connect to `address`. */
export function isReachable(allowList: AllowList, host: string, address: string): boolean {
  return !isBlockedAddress(address) || isAllowed(allowList, host, address);
}

/** refusedTarget returns the error for a target that webhooks may not reach; it is never retried. */
export function refusedTarget(host: string, address: string): LeewayError {
  return new LeewayError(
    "delivery_refused",
    `${host} (${address}) is a private or special address; list it in LEEWAY_ALLOW_PRIVATE_WEBHOOKS to allow it`,
  );
}

/**
 * createGuardedLookup returns a DNS lookup for the socket itself to use, so that the address that was checked is the address that is
 * connected to: a name that resolves to a public address first and to a private one later (rebinding) gains nothing.
 */
export function createGuardedLookup(allowList: AllowList, resolve: typeof lookup = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error: Error | null, addresses: LookupAddress[]) => {
      if (error !== null) return callback(error, "");
      const blocked = addresses.find(({ address }) => !isReachable(allowList, hostname, address));
      if (blocked !== undefined) return callback(refusedTarget(hostname, blocked.address), "");
      if (options.all === true) return callback(null, addresses);
      const first = addresses[0];
      if (first === undefined) return callback(new Error(`${hostname} has no address`), "");
      return callback(null, first.address, first.family);
    });
  };
}
