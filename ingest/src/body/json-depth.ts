/** isDeeperThan says whether a parsed JSON value nests objects and arrays more than `limit` deep. It never recurses further than that. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (limit === 0) return true;
  for (const member of Object.values(value)) if (isDeeperThan(member, limit - 1)) return true;
  return false;
}
