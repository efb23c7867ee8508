import { BlockList, isIPv4, isIPv6 } from "node:net";

// Everything that is not a public unicast address (IANA special-purpose registries), among it the cloud's metadata services.
const BLOCKED_V4: readonly [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
const BLOCKED_V6: readonly [string, number][] = [
  ["::", 128],
  ["::1", 128],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["5f00::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
];

/** isBlockedAddress decides whether a webhook may never reach `address` by itself: loopback, private, link-local and every other special range. */
export function isBlockedAddress(address: string): boolean {
  const plain = canonicalAddress(address);
  if (plain === undefined) return true;
  return isIPv4(plain)
    ? listOf(BLOCKED_V4, "ipv4").check(plain, "ipv4")
    : listOf(BLOCKED_V6, "ipv6").check(plain, "ipv6");
}

/** canonicalAddress returns the address without brackets and zone, IPv4-mapped IPv6 as IPv4; undefined where it is no address. */
export function canonicalAddress(address: string): string | undefined {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return undefined;
  const mapped = mappedV4(bare);
  return mapped ?? bare;
}

function mappedV4(address: string): string | undefined {
  // URL's own parser gives the one canonical spelling of an IPv6 address, with the mapped IPv4 part in hexadecimal.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const match = /^::(?:ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (match === null) return undefined;
  const value = Number.parseInt(match[1]!, 16) * 65_536 + Number.parseInt(match[2]!, 16);
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
}

function listOf(subnets: readonly [string, number][], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family);
  return list;
}
