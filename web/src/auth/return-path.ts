const OWN = "http://own.invalid";

/** safeReturnPath returns `path` where it names a page of this application, else `/`: a link can never send a person elsewhere after sign-in. */
export function safeReturnPath(path: string | null | undefined): string {
  if (path === null || path === undefined || !path.startsWith("/") || path.length > 2_048) return "/";
  if (!URL.canParse(path, OWN)) return "/";
  const url = new URL(path, OWN);
  if (url.origin !== OWN || url.pathname.startsWith("//")) return "/";
  return url.pathname + url.search + url.hash;
}
