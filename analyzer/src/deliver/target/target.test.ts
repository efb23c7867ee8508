import { describe, expect, it } from "vitest";
import { type AllowList, parseAllowList } from "./allow-list.ts";
import { isBlockedAddress } from "./blocked-address.ts";
import { createGuardedLookup, isReachable } from "./guarded-lookup.ts";

describe("isBlockedAddress", () => {
  it.each([
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",
    "10.0.0.1",
    "100.64.1.1",
    "169.254.169.254",
    "172.31.255.255",
    "192.168.1.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "[::1]",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "0:0:0:0:0:ffff:a9fe:a9fe",
    "::127.0.0.1",
    "fe80::1%eth0",
    "fd00::1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "not an address",
  ])("refuses %s", (address) => {
    expect(isBlockedAddress(address)).toBe(true);
  });

  it.each(["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8"])(
    "lets %s pass",
    (address) => {
      expect(isBlockedAddress(address)).toBe(false);
    },
  );
});

describe("parseAllowList", () => {
  it("allows exactly the named hosts and networks", () => {
    const list = parsed("receiver.internal, 10.1.0.0/16, ::1");
    expect(isReachable(list, "receiver.internal", "10.9.0.1")).toBe(true);
    expect(isReachable(list, "other", "10.1.2.3")).toBe(true);
    expect(isReachable(list, "other", "::ffff:10.1.2.3")).toBe(true);
    expect(isReachable(list, "other", "::1")).toBe(true);
    expect(isReachable(list, "other", "10.2.0.1")).toBe(false);
    expect(isReachable(list, "other", "127.0.0.1")).toBe(false);
  });

  it.each(["10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/9", "http://x", "a b", "::1/129"])(
    "refuses %s as an entry",
    (text) => {
      expect(parseAllowList(text).outcome).toBe("refused");
    },
  );
});

describe("createGuardedLookup", () => {
  const answer = (addresses: string[]) =>
    ((_name: string, _options: object, done: (error: null, all: object[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      )) as never;

  it("refuses a name when any of its addresses is private", async () => {
    const lookup = createGuardedLookup(parsed(""), answer(["8.8.8.8", "10.0.0.1"]));
    const error = await new Promise((resolve) => lookup("evil.example", {}, resolve));
    expect(error).toMatchObject({ code: "delivery_refused" });
  });

  it("hands a public address to the socket", async () => {
    const lookup = createGuardedLookup(parsed(""), answer(["8.8.8.8"]));
    const address = await new Promise((resolve) =>
      lookup("good.example", {}, (_error, found) => resolve(found)),
    );
    expect(address).toBe("8.8.8.8");
  });
});

function parsed(text: string): AllowList {
  const result = parseAllowList(text);
  if (result.outcome === "refused") throw new Error(result.reason);
  return result.allowList;
}
