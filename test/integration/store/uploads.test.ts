import { Readable } from "node:stream";
import { findLeewayError } from "@leeway/core/errors";
import type { UploadFormat, UploadMapping } from "@leeway/store";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const NOW = Date.UTC(2026, 5, 1);
const HOUR = 3_600_000;

let test: TestDatabase;
let uploads = 0;

beforeAll(async () => {
  test = await createTestDatabase({ now: () => NOW });
});
afterAll(() => test.close());

function upload(format: UploadFormat, body: string | Buffer, mapping: UploadMapping = {}) {
  return test.store.references.fromRows("default", {
    id: `upload${++uploads}`,
    model: "m",
    version: "1",
    format,
    mapping,
    body: Readable.from([Buffer.from(body)]),
  });
}

const named = (reference: Awaited<ReturnType<typeof upload>>, name: string) =>
  reference.features.find((feature) => feature.name === name);

describe("a CSV", () => {
  const rows = Array.from({ length: 200 }, (_, i) => ({
    at: new Date(Date.UTC(2026, 0, 1) + i * 6 * 60_000).toISOString(),
    amount: i / 8,
    "zip, code": i % 2 === 0 ? "01234" : "A'1",
    member: i % 4 === 0,
    late: i % 5 === 0 ? "yes" : "no",
    p: (i % 10) / 10,
  }));
  const csv = [
    'at,amount,"zip, code",member,late,p',
    ...rows.map((row) => `${row.at},${row.amount},"${row["zip, code"]}",${row.member},${row.late},${row.p}`),
    ",,,,,",
  ].join("\n");

  it("becomes a reference whose columns have the types that their values show", async () => {
    const reference = await upload("csv", csv, { timestamp: "at", label: "late", score: "p" });
    expect(reference).toMatchObject({ source: "upload", rows: 201, labelled_rows: 200 });
    expect(Object.fromEntries(reference.features.map(({ name, type }) => [name, type]))).toEqual({
      amount: "numeric",
      "zip, code": "categorical",
      member: "boolean",
    });
    expect(named(reference, "amount")).toMatchObject({ count: 200, null_count: 1 });
    expect(named(reference, "amount")?.numeric).toMatchObject({ minimum: 0, maximum: 199 / 8 });
    expect(named(reference, "zip, code")?.categories).toEqual([
      { name: "01234", count: 100 },
      { name: "A'1", count: 100 },
    ]);
    expect(reference.prediction?.count).toBe(200);
    expect(reference.from).toBe(Date.UTC(2026, 0, 1));
  });

  it("has windows of its own where its rows carry times", async () => {
    const reference = await upload("csv", csv.split("\n").slice(0, -1).join("\n"), { timestamp: "at" });
    const windows = await test.store.profiles.referenceWindows("default", reference, 2 * HOUR);
    expect(windows.map(({ rows: count }) => count)).toEqual([20, 20, 20, 20, 20, 20, 20, 20, 20, 20]);
    expect(windows[1]?.start).toBe(Date.UTC(2026, 0, 1, 2));
  });

  it("takes declared types, ignored columns and tags", async () => {
    const reference = await upload("csv", "grade,city,junk\n1,Rome,x\n2,Oslo,y\n", {
      types: { grade: "categorical" },
      tags: ["city"],
      ignore: ["junk"],
    });
    expect(reference.features.map(({ name, type }) => [name, type])).toEqual([["grade", "categorical"]]);
  });

  it("is refused with the column's name where the mapping names one it does not have", async () => {
    const error = findLeewayError(
      await upload("csv", "a\n1\n", { label: "truth" }).catch((thrown) => thrown),
    );
    expect(error?.code).toBe("invalid_request");
    expect(error?.message).toContain("truth");
  });
});

describe("NDJSON", () => {
  it("keeps the types of its values: a quoted number is a text", async () => {
    const lines = Array.from({ length: 30 }, (_, i) =>
      JSON.stringify({
        n: i,
        code: String(i % 3),
        on: i % 2 === 0,
        gone: null,
        ...(i < 10 ? { rare: 1.5 } : {}),
      }),
    );
    const reference = await upload("ndjson", lines.join("\n"));
    expect(named(reference, "n")?.type).toBe("numeric");
    expect(named(reference, "code")).toMatchObject({ type: "categorical", count: 30 });
    expect(named(reference, "on")?.type).toBe("boolean");
    expect(named(reference, "gone")?.null_count).toBe(30);
    expect(named(reference, "rare")).toMatchObject({ count: 10, missing_count: 20 });
  });

  it("that is no JSON is the user's mistake, not the store's", async () => {
    const error = findLeewayError(await upload("ndjson", '{"a":1}\n{oops').catch((thrown) => thrown));
    expect(error?.code).toBe("invalid_request");
  });
});

describe("Parquet", () => {
  it("is read with its own column names", async () => {
    const answer = await test.store.client.exec({
      query: `SELECT number AS n, number / 4 AS quarter, toString(number % 3) AS s, toBool(number % 2 = 0) AS even,
        fromUnixTimestamp64Milli(toInt64(${NOW} + number * 60000), 'UTC') AS t FROM numbers(240) FORMAT Parquet`,
    });
    const chunks: Buffer[] = [];
    for await (const chunk of answer.stream) chunks.push(chunk as Buffer);
    const reference = await upload("parquet", Buffer.concat(chunks), { timestamp: "t" });
    expect(reference.rows).toBe(240);
    expect(reference.from).toBe(NOW);
    expect(named(reference, "quarter")?.numeric).toMatchObject({ minimum: 0, maximum: 59.75 });
    expect(named(reference, "even")?.type).toBe("boolean");
  });

  it("that is none is refused", async () => {
    const error = findLeewayError(await upload("parquet", "not parquet at all").catch((thrown) => thrown));
    expect(error?.code).toBe("invalid_request");
  });
});

it("leaves no staging table behind", async () => {
  const left = await test.store.client.query({
    query:
      "SELECT count() AS n FROM system.tables WHERE database = currentDatabase() AND name LIKE 'reference_upload_%'",
    format: "JSONEachRow",
  });
  expect(await left.json()).toEqual([{ n: 0 }]);
});
