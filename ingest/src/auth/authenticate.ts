import { LeewayError } from "@leeway/core/errors";
import type { Scope } from "@leeway/core/records";
import type { KeyDirectory } from "./key-directory.ts";
import type { Principal } from "./principal.ts";

/** authenticate returns the principal of an `Authorization: Bearer lw_…` header that may act in `scope`, or throws `unauthorized` or `forbidden`. */
export async function authenticate(
  keys: KeyDirectory,
  authorization: string | undefined,
  scope: Scope,
): Promise<Principal> {
  const match = /^Bearer (\S+)$/i.exec(authorization ?? "");
  const principal = match === null ? undefined : await keys.find(match[1] as string);
  if (principal === undefined) {
    throw new LeewayError("unauthorized", "send a valid API key as Authorization: Bearer lw_…");
  }
  if (!allows(principal.scopes, scope)) {
    throw new LeewayError("forbidden", `this needs an API key with the scope ${scope}`);
  }
  return principal;
}

function allows(scopes: readonly Scope[], needed: Scope): boolean {
  return scopes.includes("admin") || scopes.includes(needed);
}
