import type { Scope } from "@leeway/core/records";

/** Principal is who a request acts as, worked out from its API key. */
export interface Principal {
  readonly project: string;
  readonly keyId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
}

/** actorOf returns how a principal is named in the audit log. */
export function actorOf(principal: Principal): string {
  return `key:${principal.keyId}`;
}
