import { expect, test } from "vitest";
import { checkSameOrigin } from "./same-origin.ts";

const PUBLIC_URL = "https://leeway.example.org/";

test.each<[string, Record<string, string>, string]>([
  ["our own page in a modern browser", { "sec-fetch-site": "same-origin" }, "same_origin"],
  ["our own page without Sec-Fetch-Site", { origin: "https://leeway.example.org" }, "same_origin"],
  ["no header at all", {}, "refused"],
  ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, "refused"],
  ["a sibling subdomain", { "sec-fetch-site": "same-site", origin: "https://a.example.org" }, "refused"],
  ["a typed address", { "sec-fetch-site": "none" }, "refused"],
  ["an opaque origin", { origin: "null" }, "refused"],
  [
    "a foreign origin with a matching forwarded host",
    { origin: "https://evil.example", "x-forwarded-host": "evil.example", host: "evil.example" },
    "refused",
  ],
  [
    "a cross-site request that claims our origin",
    { "sec-fetch-site": "cross-site", origin: "https://leeway.example.org" },
    "refused",
  ],
  ["plain http instead of https", { origin: "http://leeway.example.org" }, "refused"],
])("a mutation from %s is decided", (_, headers, outcome) => {
  expect(checkSameOrigin(new Headers(headers), PUBLIC_URL).outcome).toBe(outcome);
});
