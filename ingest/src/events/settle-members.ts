/** The most unknown members of one event that are counted by their names. */
const NAMED_LIMIT = 20;

/** settleMembers makes optional members of a checked event that are `null` absent, and lists the names of those that are not known under `path`. */
export function settleMembers(
  holder: Record<string, unknown>,
  known: ReadonlySet<string>,
  unknown: string[],
  path = "",
): void {
  for (const name in holder) {
    if (!known.has(name)) {
      if (unknown.length < NAMED_LIMIT) unknown.push(path + name);
    } else if (holder[name] === null) holder[name] = undefined;
  }
}

/** settleMap takes members that are `null` out of an object whose names are the caller's own. */
export function settleMap(members: unknown): void {
  if (typeof members !== "object" || members === null) return;
  const map = members as Record<string, unknown>;
  for (const name in map) if (map[name] === null) delete map[name];
}
