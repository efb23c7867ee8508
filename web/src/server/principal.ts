import "server-only";
import { isSessionOpen } from "@leeway/core/records";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { sessionCookieName, sessionId } from "../auth/session-token.ts";
import { ADDRESS_HEADER } from "./address-header.ts";
import { server } from "./composition.ts";

/** Principal is the person a request acts for; every query is scoped to its project. */
export interface Principal {
  project: string;
  userId: string;
  email: string;
  role: "admin" | "viewer";
}

/** currentPrincipal returns the signed-in person of this request, or undefined where no session is open. The store is asked for each request, so that an ended session opens nothing from that moment. */
export const currentPrincipal = cache(async (): Promise<Principal | undefined> => {
  const { config, store, now } = server();
  const id = sessionId((await cookies()).get(sessionCookieName(config.isSecure))?.value);
  if (id === undefined) return undefined;
  const session = await store.records.session.get(config.project, id);
  if (session === undefined) return undefined;
  const user = await store.records.user.get(config.project, session.user_id);
  if (user === undefined || !isSessionOpen(session, user, now())) return undefined;
  return { project: config.project, userId: user.id, email: user.email, role: user.role };
});

/** requirePrincipal returns the signed-in person, or sends the browser to the sign-in page and back to the whole address it asked for afterwards. */
export async function requirePrincipal(): Promise<Principal> {
  const principal = await currentPrincipal();
  // Reading the headers marks the page as depending on its request even where no cookie was sent.
  const address = (await headers()).get(ADDRESS_HEADER) ?? "/";
  if (principal === undefined) redirect(`/sign-in?return=${encodeURIComponent(address)}`);
  return principal;
}
