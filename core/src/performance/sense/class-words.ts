const MOST_NAMED = 5;

/** listClasses returns the names of classes as a sentence lists them: quoted, at most five of them. O(classes). */
export function listClasses(names: readonly string[]): string {
  if (names.length === 0) return "no class";
  const sorted = [...names].sort();
  const named = sorted.slice(0, MOST_NAMED).map((name) => JSON.stringify(name));
  const more = sorted.length - named.length;
  if (more > 0) return `${named.join(", ")} and ${more} more`;
  const last = named.pop()!;
  return named.length === 0 ? last : `${named.join(", ")} and ${last}`;
}

/** caseTwins returns the pairs of names of two vocabularies that differ in upper and lower case only. O(names). */
export function caseTwins(
  left: readonly string[],
  right: readonly string[],
): (readonly [left: string, right: string])[] {
  const byLowerCase = new Map(right.map((name) => [name.toLowerCase(), name]));
  return left.flatMap((name) => {
    const twin = byLowerCase.get(name.toLowerCase());
    return twin === undefined || twin === name ? [] : [[name, twin] as const];
  });
}
