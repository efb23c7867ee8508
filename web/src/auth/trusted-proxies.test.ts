import { expect, test } from "vitest";
import { clientAddress, parseTrustedProxies } from "./trusted-proxies.ts";

function isTrustedBy(setting: string): (address: string) => boolean {
  const parsed = parseTrustedProxies(setting);
  if (parsed.outcome === "refused") throw new Error(parsed.reason);
  return parsed.isTrusted;
}

test.each<[string, string, string | undefined, string | undefined, string | undefined]>([
  ["without a trusted proxy the header is ignored", "", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
  ["a trusted proxy names the client", "10.0.0.0/8", "10.1.1.1", "198.51.100.1", "198.51.100.1"],
  [
    "what a client wrote before the proxy is ignored",
    "10.0.0.0/8",
    "10.1.1.1",
    "1.1.1.1, 198.51.100.1",
    "198.51.100.1",
  ],
  [
    "two trusted proxies in a row",
    "10.0.0.0/8,fd00::/8",
    "::ffff:10.1.1.1",
    "198.51.100.1, fd00::5",
    "198.51.100.1",
  ],
  ["a client that claims to be a proxy", "10.0.0.0/8", "203.0.113.9", "10.1.1.1", "203.0.113.9"],
  ["a proxy that names nobody", "127.0.0.1", "127.0.0.1", undefined, "127.0.0.1"],
  ["a proxy that hides the client", "127.0.0.1", "127.0.0.1", "1.1.1.1, unknown", "127.0.0.1"],
  ["a proxy that adds the port", "::1", "::1", "198.51.100.1:5000", "198.51.100.1"],
  ["a connection that is gone", "", undefined, "198.51.100.1", undefined],
])("%s", (_, setting, peer, header, client) => {
  expect(clientAddress(peer, header, isTrustedBy(setting))).toBe(client);
});

test.each(["proxy.example", "10.0.0.0/33", "10.0.0.0/", "::/129", "10.0.0.0/8/8", "1.2.3"])(
  "%s is refused",
  (setting) => {
    expect(parseTrustedProxies(`127.0.0.1,${setting}`)).toMatchObject({ outcome: "refused" });
  },
);
