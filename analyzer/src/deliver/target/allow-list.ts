import { BlockList, isIPv4, isIPv6 } from "node:net";
import { canonicalAddress } from "./blocked-address.ts";

/** AllowList names the private targets that webhooks may reach all the same: exact host names and networks. */
export interface AllowList {
  readonly hosts: ReadonlySet<string>;
  readonly networks: BlockList;
}

/** AllowListParse is the outcome of reading LEEWAY_ALLOW_PRIVATE_WEBHOOKS. */
export type AllowListParse = { outcome: "ok"; allowList: AllowList } | { outcome: "refused"; reason: string };

/** parseAllowList reads comma-separated host names, addresses and CIDR networks (`localhost,10.1.0.0/16`); empty text allows nothing. */
export function parseAllowList(text: string): AllowListParse {
  const hosts = new Set<string>();
  const networks = new BlockList();
  for (const entry of text.split(",").map((part) => part.trim().toLowerCase())) {
    if (entry === "") continue;
    const [network = "", prefix, ...more] = entry.split("/");
    const family = isIPv4(network) ? "ipv4" : isIPv6(network) ? "ipv6" : undefined;
    if (family === undefined) {
      if (prefix !== undefined || !/^[a-z0-9_.-]+$/.test(network)) {
        return { outcome: "refused", reason: `"${entry}" is neither a host name nor a network` };
      }
      hosts.add(network);
      continue;
    }
    const widest = family === "ipv4" ? 32 : 128;
    const bits = prefix === undefined ? widest : Number(prefix);
    if (more.length > 0 || prefix === "" || !Number.isInteger(bits) || bits < 0 || bits > widest) {
      return { outcome: "refused", reason: `"${entry}" has no prefix length from 0 to ${widest}` };
    }
    networks.addSubnet(network, bits, family);
  }
  return { outcome: "ok", allowList: { hosts, networks } };
}

/** isAllowed decides whether the operator has named this host or this address as a private target that may be reached. */
export function isAllowed(allowList: AllowList, host: string, address: string): boolean {
  if (allowList.hosts.has(host.toLowerCase())) return true;
  const plain = canonicalAddress(address);
  return plain !== undefined && allowList.networks.check(plain, isIPv4(plain) ? "ipv4" : "ipv6");
}
