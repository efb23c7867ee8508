import { expect, test } from "vitest";
import type { Incident } from "../records/index.ts";
import { shownVersion, type VersionInTraffic } from "./shown-version.ts";

const versions: VersionInTraffic[] = [
  { version: "1", environment: "production", lastSeen: 50 },
  { version: "2", environment: "production", lastSeen: 90 },
  { version: "2", environment: "staging", lastSeen: 99 },
  { version: "3", environment: "shadow", lastSeen: 95 },
];
const incident = (version: string, environment: string, state: Incident["state"]) =>
  ({ id: version, version, environment, state, started_at: 1 }) as Incident;

const ask = (asked: { version?: string; environment?: string }, incidents: Incident[] = []) =>
  shownVersion({ versions, incidents, asked });

test.each<[string, ReturnType<typeof ask>, string, string]>([
  ["none is named: the one seen last in production", ask({}), "2", "production"],
  [
    "none is named and one is in trouble: that one",
    ask({}, [incident("1", "production", "firing")]),
    ...(["1", "production"] as const),
  ],
  [
    "none is named and the trouble is over",
    ask({}, [incident("1", "production", "resolved")]),
    ...(["2", "production"] as const),
  ],
  ["a version is named: its production traffic", ask({ version: "2" }), "2", "production"],
  [
    "a version is named while another one is in trouble",
    ask({ version: "2" }, [incident("1", "production", "firing")]),
    ...(["2", "production"] as const),
  ],
  ["a version that serves only in shadow is named", ask({ version: "3" }), "3", "shadow"],
  ["version and environment are named", ask({ version: "2", environment: "staging" }), "2", "staging"],
  ["an environment is named", ask({ environment: "shadow" }), "3", "shadow"],
])("%s", (_, shown, version, environment) => {
  expect(shown).toMatchObject({ outcome: "shown", version: { version, environment } });
});

test.each<[string, ReturnType<typeof ask>, string]>([
  [
    "a version that was never seen",
    ask({ version: "99" }),
    "version 99 has never sent a prediction (versions with traffic: 1, 2, 3)",
  ],
  [
    "a version that serves elsewhere",
    ask({ version: "3", environment: "production" }),
    "version 3 has no traffic in production; it is seen in shadow",
  ],
  [
    "a version of a model without traffic",
    shownVersion({ versions: [], incidents: [], asked: { version: "1" } }),
    "version 1 has never sent a prediction (no version has traffic)",
  ],
])("%s is never another one", (_, shown, message) => {
  expect(shown).toMatchObject({ outcome: "unknown", message });
});

test("a model without traffic shows no version", () => {
  expect(shownVersion({ versions: [], incidents: [], asked: {} })).toEqual({ outcome: "no_traffic" });
});
