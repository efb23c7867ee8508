/** keyInWords says which key an `Authorization` header carried without giving it away: of one of ours, its beginning; of anything else, nothing. */
export function keyInWords(authorization: string | undefined): string {
  if (authorization === undefined) return "the request had no Authorization header";
  const key = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (key === undefined) return "the Authorization header is not of the form: Bearer lw_…";
  const made = /^(lw_[a-z]+_[0-9A-Za-z]{4})[0-9A-Za-z]{32}$/.exec(key);
  if (made !== null) return `the key begins with ${made[1]}`;
  return key.startsWith("lw_") ? "the key begins with lw_" : "the key does not begin with lw_";
}
