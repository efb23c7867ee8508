import { expect, test } from "vitest";
import { checkHead, type RequestHead } from "./check-head.ts";

const OWN = { "sec-fetch-site": "same-origin" };
const SIGN_IN = { method: "POST", path: "/api/session", headers: { ...OWN, "content-length": "60" } };

test.each<[string, Partial<Omit<RequestHead, "headers">> & { headers?: Record<string, string> }, string]>([
  ["a page", {}, "pass"],
  ["the head of a page", { method: "HEAD" }, "pass"],
  ["a sign-in from our own page", SIGN_IN, "pass"],
  ["a body of 64 kB", { ...SIGN_IN, headers: { ...OWN, "content-length": "65536" } }, "pass"],
  ["one byte more", { ...SIGN_IN, headers: { ...OWN, "content-length": "65537" } }, "payload_too_large"],
  ["a long body to a page", { headers: { "content-length": "9500000" } }, "payload_too_large"],
  [
    "a body of unknown length",
    { ...SIGN_IN, headers: { ...OWN, "transfer-encoding": "chunked" } },
    "invalid_request",
  ],
  ["a long body from another site", { ...SIGN_IN, headers: { "content-length": "9500000" } }, "forbidden"],
  [
    "a sign-out from another site",
    { method: "DELETE", path: "/api/session", headers: { origin: "https://evil.example" } },
    "forbidden",
  ],
  ["TRACE", { method: "TRACE" }, "method_not_allowed"],
  ["TRACE of a route", { method: "TRACE", path: "/api/session" }, "method_not_allowed"],
  [
    "a server action",
    { method: "POST", path: "/sign-in", headers: { ...OWN, "next-action": "x" } },
    "method_not_allowed",
  ],
  [
    "a page whose path only begins like a route's",
    { method: "POST", path: "/apis", headers: OWN },
    "method_not_allowed",
  ],
  ["two Host headers", { hosts: 2 }, "invalid_request"],
  ["no Host header", { hosts: 0 }, "invalid_request"],
])("%s", (_, head, expected) => {
  const decision = checkHead(
    { method: "GET", path: "/", hosts: 1, ...head, headers: new Headers(head.headers) },
    "https://leeway.example.org",
  );
  expect(decision.outcome === "pass" ? "pass" : decision.code).toBe(expected);
});
