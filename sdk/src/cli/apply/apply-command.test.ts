import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { createCliHarness, writeIn } from "../../testing/cli-harness.ts";

const folder = mkdtempSync(join(tmpdir(), "leeway-apply-"));
const stored = new Map<string, Record<string, unknown>>();
let puts: string[] = [];
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  stored.clear();
  puts = [];
});

// A server that keeps monitors as ingest does: windows in milliseconds, defaults filled in.
const fakeFetch: typeof fetch = async (input, init) => {
  const url = String(input);
  if (init?.method === "GET") return Response.json({ monitors: [...stored.values()] });
  const id = url.slice(url.lastIndexOf("/") + 1);
  const body = JSON.parse(String(init?.body)) as Record<string, unknown>;
  puts.push(id);
  if (body["window"] !== "1d" && body["window"] !== "2d") {
    const errors = [{ path: "window", message: "expected a duration such as 90s, 15m, 1h or 28d" }];
    return Response.json({ code: "invalid_request", errors }, { status: 400 });
  }
  const window = body["window"] === "1d" ? 86_400_000 : 172_800_000;
  const fields = Object.entries({
    ...{ environment: "production", minimum_count: 30, enabled: true, automatic: false, created_at: 1 },
    ...{ ...stored.get(id), ...body, id, window },
  });
  stored.set(id, Object.fromEntries(fields.filter(([, value]) => value !== null)));
  return Response.json({});
};

const EU = `monitors:
  fraud-eu:
    model: fraud
    kind: performance
    window: 1d
    segment: { region: eu }
`;

it("creates what is declared, and run again changes nothing", async () => {
  const file = writeIn(folder, "eu.yaml", EU);
  const first = createCliHarness(undefined, fakeFetch);
  expect(await first.run("apply", "--file", file)).toBe(0);
  expect(first.lines).toContain("+ fraud-eu");
  expect(first.lines.at(-1)).toBe("1 of 1 monitors changed");
  const second = createCliHarness(undefined, fakeFetch);
  expect(await second.run("apply", "--file", file)).toBe(0);
  expect(second.lines).toEqual(["0 of 1 monitors changed"]);
  expect(puts).toEqual(["fraud-eu"]);
});

it("takes an empty field, and one that the server makes, for nothing said", async () => {
  const file = writeIn(folder, "eu.yaml", `${EU}    version:\n    automatic: true\n    created_at: 5\n`);
  await createCliHarness(undefined, fakeFetch).run("apply", "--file", file);
  const again = createCliHarness(undefined, fakeFetch);
  expect(await again.run("apply", "--file", file)).toBe(0);
  expect(again.lines).toEqual(["0 of 1 monitors changed"]);
});

it("takes a field away that a file no longer has", async () => {
  const file = writeIn(folder, "eu.yaml", EU);
  await createCliHarness(undefined, fakeFetch).run("apply", "--file", file);
  const shorter = writeIn(folder, "eu.yaml", EU.replace(/ {4}segment.*\n/, ""));
  await createCliHarness(undefined, fakeFetch).run("apply", "--file", shorter);
  expect(stored.get("fraud-eu")).not.toHaveProperty("segment");
  const again = createCliHarness(undefined, fakeFetch);
  expect(await again.run("apply", "--file", shorter)).toBe(0);
  expect(again.lines).toEqual(["0 of 1 monitors changed"]);
});

it("shows each field that changes, and with --dry-run changes none", async () => {
  const file = writeIn(folder, "eu.yaml", EU);
  await createCliHarness(undefined, fakeFetch).run("apply", "--file", file);
  const changed = writeIn(folder, "changed.yaml", EU.replace("1d", "2d").replace(/ {4}segment.*\n/, ""));
  const harness = createCliHarness(undefined, fakeFetch);
  expect(await harness.run("apply", "--file", changed, "--dry-run")).toBe(0);
  expect(harness.lines).toEqual([
    "~ fraud-eu",
    '    window: 86400000 → "2d"',
    '    segment: {"region":"eu"} → –',
    "1 of 1 monitors would change",
  ]);
  expect(puts).toEqual(["fraud-eu"]);
});

it("names file, line and field of what the server refuses", async () => {
  const file = writeIn(folder, "wrong.yaml", EU.replace("1d", "a day"));
  const harness = createCliHarness(undefined, fakeFetch);
  expect(await harness.run("apply", "--file", file)).toBe(2);
  expect(harness.lines).toContain(
    `${file}:5: fraud-eu.window: expected a duration such as 90s, 15m, 1h or 28d`,
  );
});

it.each([
  ["monitors: [", /wrong\.yaml:1: /],
  ["channels:\n  a: {}\n", /wrong\.yaml:1: expected monitors: with an entry per monitor/],
  [
    "monitors: {}\nchannles:\n  a: {}\n",
    /wrong\.yaml:2: channles: unknown field; only monitors can be declared/,
  ],
  ["monitors:\n  a:\n    modle: x\n", /wrong\.yaml:3: a\.modle: unknown field; did you mean model\?/],
  [
    "monitors:\n  a:\n    model: x\n    minimum_cuont: 3\n",
    /:4: a\.minimum_cuont: unknown field; did you mean minimum_count\?/,
  ],
  ["monitors:\n  a:\n    threshholds: {}\n", /a\.threshholds: unknown field; did you mean thresholds\?/],
  ["monitors:\n  a:\n    enabeld: no\n", /a\.enabeld: unknown field; did you mean enabled\?/],
  ["monitors:\n  a:\n    channles: []\n", /a\.channles: unknown field; did you mean channels\?/],
  [
    "monitors:\n  a:\n    objective: { targte: 1 }\n",
    /a\.objective\.targte: unknown field; did you mean target\?/,
  ],
  ["monitors:\n  a:\n    zebra: 1\n", /a\.zebra: unknown field$/],
  ["monitors:\n  a b: { model: x }\n", /wrong\.yaml:2: "a b" is no id/],
  ["monitors:\n  a: { model: x }\n---\nmonitors:\n  a: { model: y }\n", /wrong\.yaml:5: a is declared twice/],
  ["monitors:\n  a: 3\n", /wrong\.yaml:2: a: expected fields/],
])("asks the server nothing where a file is wrong: %j", async (text, problem) => {
  const harness = createCliHarness(undefined, () => Promise.reject(new Error("asked")));
  expect(await harness.run("apply", "--file", writeIn(folder, "wrong.yaml", text))).toBe(2);
  expect(harness.lines.join("\n")).toMatch(problem);
});
