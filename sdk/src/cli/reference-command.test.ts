import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCliHarness, writeIn } from "../testing/cli-harness.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "leeway-reference-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Sent {
  url: URL;
  headers: Record<string, string>;
  body: string;
}

function uploading(status: number, answer: object) {
  const sent: Sent[] = [];
  const cli = createCliHarness(undefined, async (url, init) => {
    const bytes = Buffer.from(await new Response(init?.body ?? null).arrayBuffer());
    sent.push({
      url: new URL(String(url)),
      headers: init?.headers as Sent["headers"],
      body: bytes.toString("latin1"),
    });
    return Response.json(answer, { status });
  });
  return { ...cli, sent };
}

const made = { reference_id: "ref_1", rows: 2, features: ["a", "b"] };
const TO = ["--model", "my model", "--version", "7"];

describe("leeway reference upload", () => {
  it.each([
    ["rows.csv", "text/csv"],
    ["rows.jsonl", "application/x-ndjson"],
    ["rows.PARQUET", "application/vnd.apache.parquet"],
  ])("sends %s as %s, as it is", async (name, type) => {
    const { run, sent, lines } = uploading(201, made);
    const path = writeIn(folder, name, "a,b\n1,2\n");
    expect(await run("reference", "upload", path, ...TO, "--mapping", '{"score":"p"}')).toBe(0);
    const [{ url, headers, body } = { url: undefined, headers: undefined, body: undefined }] = sent;
    expect(url?.pathname).toBe("/v1/models/my%20model/references");
    expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({ version: "7", mapping: '{"score":"p"}' });
    expect([headers, body]).toEqual([{ authorization: "Bearer lw_key", "content-type": type }, "a,b\n1,2\n"]);
    expect(lines).toEqual(["reference ref_1: 2 rows, 2 features: a, b"]);
  });

  it("says that a file is packed, reads the mapping from a file, and prints what was left out", async () => {
    const { run, sent, lines } = uploading(201, {
      ...made,
      left_out: [{ column: "Unnamed: 0", reason: "row_numbers" }],
      invalid: [{ column: "p", rows: 3, first_row: 9, message: "no score" }],
    });
    const path = writeIn(folder, "rows.csv.gz", gzipSync("a,b\n"));
    const mapping = writeIn(folder, "mapping.json", '{"label":"y"}');
    expect(await run("reference", "upload", path, ...TO, "--mapping", `@${mapping}`)).toBe(0);
    expect(sent[0]?.headers).toMatchObject({ "content-type": "text/csv", "content-encoding": "gzip" });
    expect(sent[0]?.url.searchParams.get("mapping")).toBe('{"label":"y"}');
    expect(lines.slice(1)).toEqual([
      '  left out: column "Unnamed: 0" (row_numbers)',
      "  left out: 3 rows, p: no score",
    ]);
  });

  it("names column and row of what the server refuses, and exits with 1", async () => {
    const errors = [{ path: "ts", message: 'row 3 holds no time ("09/01/2026")' }];
    const { run, lines } = uploading(400, { code: "invalid_request", detail: "x", errors });
    expect(await run("reference", "upload", writeIn(folder, "us.csv", "ts\n"), ...TO)).toBe(1);
    expect(lines).toEqual(['ts: row 3 holds no time ("09/01/2026")']);
    expect(
      await uploading(403, { code: "forbidden" }).run("reference", "upload", `${folder}/us.csv`, ...TO),
    ).toBe(3);
  });

  it.each([
    [["reference", "upload"], /^leeway reference upload/],
    [["reference", "download", "x.csv", ...TO], /^leeway reference upload/],
    [["reference", "upload", "rows.xlsx", ...TO], /rows\.xlsx: expected a name that ends in csv/],
  ])("asks for the right words: %j", async (args, says) => {
    const { run, lines, sent } = uploading(201, made);
    expect(await run(...args)).toBe(2);
    expect([lines[0], sent]).toEqual([expect.stringMatching(says), []]);
  });

  it("says that a file is not there", async () => {
    const { run, lines } = uploading(201, made);
    expect(await run("reference", "upload", join(folder, "none.csv"), ...TO)).toBe(3);
    expect(lines[0]).toMatch(/ENOENT/);
  });
});
