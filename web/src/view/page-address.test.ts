import { expect, test } from "vitest";
import { addressWith, readAddress } from "./page-address.ts";

test("a link changes one piece of the address and keeps the others", () => {
  const address = { from: "latest-7d", version: "v 2" };
  expect(addressWith("/models/m", address, { metric: "brier" })).toBe(
    "/models/m?from=latest-7d&metric=brier&version=v+2",
  );
  expect(addressWith("/models/m", address, { from: undefined, version: undefined })).toBe("/models/m");
});

test("unknown pieces are dropped, and of a repeated one the first counts", () => {
  expect(readAddress({ from: ["a", "b"], evil: "x", to: "" }, ["from", "to"])).toEqual({ from: "a" });
});
