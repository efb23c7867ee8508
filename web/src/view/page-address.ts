/** PageAddress is the part of a page's address that its links change one piece of. */
export type PageAddress = Record<string, string | undefined>;

/** MODEL_ADDRESS are the pieces of a model page's address. */
export const MODEL_ADDRESS = [
  "from",
  "to",
  "version",
  "environment",
  "metric",
  "compare",
  "by",
  "feature",
  "start",
] as const;

/** addressWith returns `path` with `address` changed by `changes` (undefined removes a piece), pieces in a stable order. */
export function addressWith(path: string, address: PageAddress, changes: PageAddress): string {
  const merged = { ...address, ...changes };
  const query = new URLSearchParams();
  for (const name of Object.keys(merged).sort()) {
    const value = merged[name];
    if (value !== undefined) query.set(name, value);
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** readAddress returns the named pieces of an address, the first of each where one was given twice. */
export function readAddress(
  params: Record<string, string | string[] | undefined>,
  names: readonly string[],
): PageAddress {
  const address: PageAddress = {};
  for (const name of names) {
    const value = params[name];
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined && first !== "") address[name] = first.slice(0, 512);
  }
  return address;
}
