import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { createCliHarness, writeIn } from "../../testing/cli-harness.ts";
import { fillReferences } from "./fill-references.ts";

const folder = mkdtempSync(join(tmpdir(), "leeway-apply-"));
afterAll(() => rmSync(folder, { recursive: true }));

const EU = `monitors:
  fraud-eu:
    model: fraud
    kind: performance
    window: 1d
    segment: { region: eu }
    version:
    automatic: true
`;
const reference = (name: string) => `$\{${name}}`;
const NOTHING = { applied: true, changes: [], unchanged: 1, secrets: [] };

function serverThat(status: number, body: object) {
  const asked: { method: string; url: string; body: unknown }[] = [];
  const answer: typeof fetch = async (input, init) => {
    const sent = init?.body === undefined ? undefined : JSON.parse(String(init.body));
    asked.push({ method: init?.method ?? "GET", url: String(input), body: sent });
    return Response.json(body, { status });
  };
  return { asked, harness: createCliHarness(undefined, answer) };
}

it("sends all that files declare in one request, without what is empty or made by the server", async () => {
  const { asked, harness } = serverThat(200, NOTHING);
  expect(await harness.run("apply", "--file", writeIn(folder, "eu.yaml", EU), "--prune")).toBe(0);
  const fraud = { model: "fraud", kind: "performance", window: "1d", segment: { region: "eu" } };
  expect(asked).toEqual([
    {
      method: "POST",
      url: "http://127.0.0.1:4700/v1/declaration",
      body: { monitors: { "fraud-eu": fraud }, dry_run: false, prune: true },
    },
  ]);
  expect(harness.lines).toEqual(["0 changed, 1 as declared"]);
});

it("shows each field that changes, what goes, and a secret that the server made", async () => {
  const changes = [
    { section: "monitors", id: "a", action: "create", fields: [{ field: "window", to: "1d" }] },
    { section: "channels", id: "b", action: "change", fields: [{ field: "to", from: ["x"], to: ["y"] }] },
    { section: "channels", id: "c", action: "change", fields: [{ field: "people", from: {} }] },
    { section: "silences", id: "d", action: "remove", fields: [] },
  ];
  const secrets = [{ channel: "b", secret: "whsec_1" }];
  const { harness } = serverThat(200, { applied: true, changes, unchanged: 2, secrets });
  expect(await harness.run("apply", "--file", writeIn(folder, "eu.yaml", EU))).toBe(0);
  expect(harness.lines).toEqual([
    ...["+ monitor a", '    window: "1d"', "~ channel b", '    to: ["x"] → ["y"]'],
    ...["~ channel c", "    people: {} → –", "- silence d"],
    "secret of channel b, shown once: whsec_1",
    "4 changed, 2 as declared",
  ]);
});

it.each([
  ["--dry-run", 0],
  ["--check", 1],
])("with %s changes nothing, and exits with %i where something would change", async (flag, code) => {
  const changes = [{ section: "models", id: "m", action: "change", fields: [] }];
  const { asked, harness } = serverThat(200, { ...NOTHING, changes });
  expect(await harness.run("apply", "--file", writeIn(folder, "eu.yaml", EU), flag)).toBe(code);
  expect(asked[0]?.body).toMatchObject({ dry_run: true });
  expect(harness.lines.at(-1)).toBe("1 would change, 1 as declared");
});

it("names file, line and field of what the server refuses", async () => {
  const errors = [
    { path: "monitors.fraud-eu.segment.region", message: "is too long" },
    { path: "monitors.fraud-eu.hold", message: "unknown field" },
    { path: "dry_run", message: "expected boolean" },
  ];
  const { harness } = serverThat(400, { code: "invalid_request", errors });
  const file = writeIn(folder, "eu.yaml", EU);
  expect(await harness.run("apply", "--file", file)).toBe(2);
  expect(harness.lines).toEqual([
    `${file}:6: fraud-eu.segment.region: is too long`,
    `${file}:2: fraud-eu.hold: unknown field`,
    "dry_run: expected boolean",
  ]);
});

it.each([
  ["monitors: [", /wrong\.yaml:1: /],
  [
    "monitors: {}\nchannles:\n  a: {}\n",
    /wrong\.yaml:2: channles: only models, channels, monitors, silences/,
  ],
  ["- monitors\n", /wrong\.yaml:1: expected models, channels/],
  ["monitors:\n", /wrong\.yaml:1: monitors: expected an entry per id, or \{\} for none/],
  ["monitors:\n  a: { model: x }\n---\nmonitors:\n  a: { model: y }\n", /wrong\.yaml:5: a is declared twice/],
  ["monitors:\n  a: 3\n", /wrong\.yaml:2: a: expected fields/],
  [
    `channels:\n  a:\n    kind: pagerduty\n    routing_key: ${reference("NOT_SET")}\n`,
    /wrong\.yaml:4: a\.routing_key: the environment variable NOT_SET is not set/,
  ],
])("asks the server nothing where a file is wrong: %j", async (text, problem) => {
  const harness = createCliHarness(undefined, () => Promise.reject(new Error("asked")));
  expect(await harness.run("apply", "--file", writeIn(folder, "wrong.yaml", text))).toBe(2);
  expect(harness.lines.join("\n")).toMatch(problem);
});

it("fills a reference where it is the whole text, at any depth", () => {
  const env = { KEY: "k", EMPTY: "" };
  const key = reference("KEY");
  const inText = `costs ${key}`;
  const value = { a: key, b: [{ c: key }], d: inText, e: 3 };
  expect(fillReferences(value, env).filled).toEqual({ a: "k", b: [{ c: "k" }], d: inText, e: 3 });
  expect(fillReferences({ a: reference("EMPTY") }, env).missing).toEqual([{ field: "a", name: "EMPTY" }]);
});

it("writes what is configured as a file that reads back as it was, and the schema of such files", async () => {
  const stored = { models: {}, channels: {}, monitors: { "fraud-eu": { model: "fraud", window: "1d" } } };
  const { harness } = serverThat(200, stored);
  expect(await harness.run("export")).toBe(0);
  expect(harness.lines).toEqual(["monitors:\n  fraud-eu:\n    model: fraud\n    window: 1d"]);
  const file = join(folder, "leeway.schema.json");
  expect(await serverThat(200, { type: "object" }).harness.run("schema", "--file", file)).toBe(0);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ type: "object" });
});
