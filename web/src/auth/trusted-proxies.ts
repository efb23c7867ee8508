import { BlockList, isIPv4, isIPv6 } from "node:net";
import { plainAddress } from "./network.ts";

/** TrustedProxies is the outcome of reading LEEWAY_TRUSTED_PROXIES: whether an address belongs to one of our own proxies. */
export type TrustedProxies =
  | { outcome: "ok"; isTrusted: (address: string) => boolean }
  | { outcome: "refused"; reason: string };

/** parseTrustedProxies reads comma-separated addresses and CIDR networks (`127.0.0.1,10.1.0.0/16,fd00::/8`); empty text trusts none. */
export function parseTrustedProxies(text: string): TrustedProxies {
  const networks = new BlockList();
  for (const entry of text.split(",").map((part) => part.trim())) {
    if (entry === "") continue;
    const [network = "", prefix, ...more] = entry.split("/");
    const family = isIPv4(network) ? "ipv4" : isIPv6(network) ? "ipv6" : undefined;
    if (family === undefined)
      return { outcome: "refused", reason: `"${entry}" is no IP address and no network` };
    const widest = family === "ipv4" ? 32 : 128;
    const bits = prefix === undefined ? widest : Number(prefix);
    if (more.length > 0 || prefix === "" || !Number.isInteger(bits) || bits < 0 || bits > widest) {
      return { outcome: "refused", reason: `"${entry}" has no prefix length from 0 to ${widest}` };
    }
    networks.addSubnet(network, bits, family);
  }
  return {
    outcome: "ok",
    isTrusted: (address) => {
      const plain = plainAddress(address);
      return plain !== undefined && networks.check(plain, isIPv4(plain) ? "ipv4" : "ipv6");
    },
  };
}

/**
 * clientAddress returns the address a request came from. `X-Forwarded-For` is read from its end, and only as far as trusted proxies wrote
 * it: everything before that is the client's own text. Without a trusted proxy it is the peer of the connection.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  isTrusted: (address: string) => boolean,
): string | undefined {
  let client = peer === undefined ? undefined : plainAddress(peer);
  const hops = (forwardedFor ?? "").split(",");
  while (client !== undefined && isTrusted(client)) {
    const previous = plainAddress(hops.pop() ?? "");
    if (previous === undefined) break;
    client = previous;
  }
  return client;
}
