import { murmurHash3 } from "../keys/murmur-hash.ts";
import { xxHash } from "../keys/xx-hash.ts";

/** MemberName is the hashed name of a member of a payload other than a feature (`prediction.score`, `tags.region`). */
export interface MemberName {
  readonly hashLow: number;
  readonly hashHigh: number;
}

/** hashMemberName returns the hashed name of a member. The prefix keeps it apart from features. */
export function hashMemberName(name: string): MemberName {
  const text = `\u0001${name}`;
  return { hashLow: murmurHash3(text), hashHigh: xxHash(text) };
}

/** createMemberNames returns a lookup of hashed member names that keeps at most `limit` of them. */
export function createMemberNames(limit = 50_000): (name: string) => MemberName {
  const names = new Map<string, MemberName>();
  return (name) => {
    const known = names.get(name);
    if (known !== undefined) return known;
    if (names.size >= limit) names.clear();
    const member = hashMemberName(name);
    names.set(name, member);
    return member;
  };
}
