/**
 * shortName returns a name that fits into `most` characters: of a longer one the beginning and the end, since names of features mostly differ at one of the two. O(1).
 *
 * @example shortName("scheduled_minutes", 12) // "schedu…nutes"
 */
export function shortName(name: string, most: number): string {
  const characters = [...name];
  if (characters.length <= most) return name;
  const head = Math.ceil((most - 1) / 2);
  const tail = most - 1 - head;
  return `${characters.slice(0, head).join("")}…${tail > 0 ? characters.slice(-tail).join("") : ""}`;
}
