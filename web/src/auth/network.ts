import { isIPv4, isIPv6 } from "node:net";

/** plainAddress returns an IP address as it is written most simply: without port, brackets or zone, and IPv4 not wrapped in IPv6; undefined for what is no address. */
export function plainAddress(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, "$1")
    .replace(/^([\d.]+):\d+$/, "$1")
    .replace(/%.*$/, "");
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return undefined;
  const groups = groupsOf(bare);
  const isWrapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (!isWrapped) return groups.map((group) => group.toString(16)).join(":");
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/**
 * networkOf returns the network whose tries are counted together: the address itself for IPv4, its first 64 bits for IPv6, since one
 * subscriber has a whole /64 to choose from. What is no address counts as one network, `unknown`.
 */
export function networkOf(address: string | undefined): string {
  const plain = address === undefined ? undefined : plainAddress(address);
  if (plain === undefined) return "unknown";
  return isIPv4(plain) ? plain : `${plain.split(":").slice(0, 4).join(":")}::/64`;
}

/** Returns the eight 16-bit groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  // The URL parser writes an embedded IPv4 address as two groups.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const parse = (part: string) =>
    part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
  const [first, last] = [parse(head), parse(tail ?? "")];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => 0);
  return [...first, ...zeros, ...last];
}
