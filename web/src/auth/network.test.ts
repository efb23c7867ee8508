import { expect, test } from "vitest";
import { networkOf, plainAddress } from "./network.ts";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["203.0.113.7:4711", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["[2001:DB8::1]:443", "2001:db8:0:0:0:0:0:1"],
  ["fe80::1%eth0", "fe80:0:0:0:0:0:0:1"],
  [" ::1 ", "0:0:0:0:0:0:0:1"],
  ["unknown", undefined],
  ["_hidden", undefined],
  ["", undefined],
])("%s is the address %s", (text, address) => {
  expect(plainAddress(text)).toBe(address);
});

test.each([
  [
    "two addresses of one IPv6 subscriber are one network",
    "2001:db8:1:2::1",
    "2001:db8:1:2:ffff:1:2:3",
    true,
  ],
  ["the next /64 is another", "2001:db8:1:2::1", "2001:db8:1:3::1", false],
  ["neighbours in IPv4 are two", "203.0.113.7", "203.0.113.8", false],
  ["IPv4 wrapped in IPv6 is the same", "203.0.113.7", "::ffff:cb00:7107", true],
  ["two wrapped IPv4 addresses are two", "::ffff:203.0.113.7", "::ffff:203.0.113.8", false],
  ["what is no address is one network", undefined, "nonsense", true],
])("%s", (_, a, b, isSame) => {
  expect(networkOf(a) === networkOf(b)).toBe(isSame);
});
