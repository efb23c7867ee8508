import { type NextRequest, NextResponse } from "next/server";
import { ADDRESS_HEADER } from "./server/address-header.ts";

/**
 * proxy gives every page its Content-Security-Policy with a nonce of its own. It decides nothing about who may see what: that is the data
 * layer's work (`server/principal.ts`), because a proxy can be walked around.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts from the request's policy; a client's own value must not get there.
  headers.set("Content-Security-Policy", policy);
  // The page of what does not exist gets no parameters: it reads here what was asked for.
  headers.set(ADDRESS_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

/** contentSecurityPolicy returns the policy for one request. Recharts positions its labels with style attributes, so those are allowed; style elements and scripts need the nonce. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

// Not the routes: Next keeps a copy of the body of whatever passes here, before the route can refuse it.
export const config = {
  matcher: [{ source: "/((?!api/|_next/static|healthz|readyz|icon.svg).*)" }],
};
