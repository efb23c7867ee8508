/** OriginDecision says whether a request that changes something came from our own pages, and why not. */
export type OriginDecision = { outcome: "same_origin" } | { outcome: "refused"; reason: string };

/**
 * checkSameOrigin decides whether a mutation was sent by our own pages. Browsers say so themselves in `Sec-Fetch-Site` (a script cannot
 * forge it); where it is absent (plain http on another host than localhost) the `Origin` must be that of the configured public URL. The
 * request's Host and X-Forwarded-* headers are never believed.
 */
export function checkSameOrigin(headers: Headers, publicUrl: string): OriginDecision {
  const site = headers.get("sec-fetch-site");
  if (site !== null) {
    if (site === "same-origin") return { outcome: "same_origin" };
    return { outcome: "refused", reason: "This request came from another site." };
  }
  const origin = headers.get("origin");
  const expected = new URL(publicUrl).origin;
  if (origin === expected) return { outcome: "same_origin" };
  return {
    outcome: "refused",
    reason: `This page must be opened at ${expected}: that is the address LEEWAY_PUBLIC_URL names.`,
  };
}
