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

async function upload(format: UploadFormat, body: string | Buffer, mapping: UploadMapping = {}) {
  return (await take(format, body, mapping)).reference;
}

function take(format: UploadFormat, body: string | Buffer, mapping: UploadMapping = {}) {
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
  ].join("\n");

  it("becomes a reference whose columns have the types that their values show", async () => {
    const reference = await upload("csv", csv, { timestamp: "at", label: "late", score: "p" });
    expect(reference).toMatchObject({ source: "upload", rows: 200, labelled_rows: 200 });
    expect(Object.fromEntries(reference.features.map(({ name, type }) => [name, type]))).toEqual({
      amount: "numeric",
      "zip, code": "categorical",
      member: "boolean",
    });
    expect(named(reference, "amount")).toMatchObject({ count: 200, null_count: 0 });
    expect(named(reference, "amount")?.numeric).toMatchObject({ minimum: 0, maximum: 199 / 8 });
    expect(named(reference, "zip, code")?.categories).toEqual([
      { name: "01234", count: 100 },
      { name: "A'1", count: 100 },
    ]);
    expect(reference.prediction?.count).toBe(200);
    expect(reference.from).toBe(Date.UTC(2026, 0, 1));
  });

  it("takes a column without a name, as data frames write their row numbers, for none of the reference's", async () => {
    const reference = await upload("csv", ",amount\n0,1.5\n1,2.5\n2,4\n");
    expect(reference.rows).toBe(3);
    expect(reference.features.map(({ name }) => name)).toEqual(["amount"]);
  });

  it("may have more columns than one statement counts", async () => {
    const names = Array.from({ length: 210 }, (_, i) => `feature ${i}`);
    const lines = Array.from({ length: 300 }, (_, row) => {
      const values = names.map((_name, i) =>
        i % 20 === 0 ? `c${row % 7}` : ((row * 37 + i * 11) % 1_000) / 8,
      );
      return [new Date(Date.UTC(2026, 0, 1) + row * 60_000).toISOString(), ...values].join(",");
    });
    const text = [["at", ...names].join(","), ...lines].join("\n");
    const reference = await upload("csv", text, { timestamp: "at" });
    expect(reference.features).toHaveLength(210);
    expect(named(reference, "feature 209")).toMatchObject({ type: "numeric", count: 300 });
    expect(named(reference, "feature 200")).toMatchObject({ type: "categorical", count: 300 });
    const windows = await test.store.profiles.referenceWindows("default", reference, HOUR);
    expect(windows.map(({ rows: count }) => count)).toEqual([60, 60, 60, 60, 60]);
    expect(windows[4]?.features).toHaveLength(210);
    expect(windows[4]?.features[209]).toMatchObject({ count: 60, nullCount: 0 });
    expect(windows[4]?.unknownFeatures).toEqual({});
  });

  it("has windows of its own where its rows carry times", async () => {
    const reference = await upload("csv", csv, { timestamp: "at" });
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

  it("takes what is no finite number in a column of numbers for missing, and refuses times and weights that are none", async () => {
    const values = ["1e300", "-1e300", "1e-300", "-0", "nan", "inf", "-Infinity", "NA", "", "7"];
    const reference = await upload("csv", `x,gone\n${values.map((value) => `${value},nan`).join("\n")}\n`);
    expect(named(reference, "x")).toMatchObject({
      type: "numeric",
      count: 5,
      null_count: 5,
      wrong_type_count: 0,
    });
    expect(named(reference, "x")?.numeric).toMatchObject({ minimum: -1e300, maximum: 1e300 });
    expect(named(reference, "gone")).toMatchObject({ count: 0, null_count: 10 });
    const times = "at,w,x\n2026-01-01,1,1\nyesterday,1,2\n,0,3\n2026-01-01 10:00,-1,3\n";
    expect(await refusal("csv", times, { timestamp: "at", weight: "w" })).toEqual([
      'at: row 2 holds "yesterday", which is no time: expected RFC 3339 (2026-01-31T12:00:00Z) or epoch milliseconds, from the year 2000 to two days ahead',
      'at: row 2 holds "yesterday", which is no time: expected RFC 3339 (2026-01-31T12:00:00Z) or epoch milliseconds, from the year 2000 to two days ahead',
      "at: row 3 holds no time: expected RFC 3339 or epoch milliseconds",
      'w: row 3 holds "0", which is no weight: expected a number above 0, at most 1,000,000, and 1 more of 4 rows',
    ]);
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

  it("takes NaN for no JSON, and says in which row", async () => {
    const [message] = await refusal("ndjson", '{"a":1}\n{"a":NaN}\n{"a":2}\n{"a":-Infinity}');
    expect(message).toBe(
      "body: row 2 is no JSON object (NaN and Infinity are no JSON: write null), and 1 more",
    );
  });

  it("that is no JSON is the user's mistake, not the store's", async () => {
    const [message] = await refusal("ndjson", '{"a":1}\n{oops');
    expect(message).toBe("body: row 2 is no JSON object (NaN and Infinity are no JSON: write null)");
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

async function refusal(...given: Parameters<typeof upload>) {
  const error = findLeewayError(await upload(...given).catch((thrown) => thrown));
  expect(error?.code).toBe("invalid_request");
  return [error?.message, ...(error?.problems ?? []).map(({ path, message }) => `${path}: ${message}`)];
}

async function parquet(select: string): Promise<Buffer> {
  const { stream } = await test.store.client.exec({ query: `${select} FORMAT Parquet` });
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe("embeddings", () => {
  const vector = (i: number) => (i % 10 === 3 ? null : [i / 2, -i, 0.25]);
  const rows = Array.from({ length: 40 }, (_, i) => ({ n: i, vec: vector(i) }));
  const mapping: UploadMapping = { embeddings: { text: "vec", again: "vec" } };
  const told = [{ name: "text", dimensions: 3, count: 36, missing_count: 4 }];

  it.each([
    ["ndjson", () => rows.map((row) => JSON.stringify(row)).join("\n")],
    [
      "csv",
      () => ["n,vec", ...rows.map(({ n, vec }) => `${n},${vec ? `"[${vec.join(", ")}]"` : ""}`)].join("\n"),
    ],
    [
      "parquet",
      () =>
        parquet(`SELECT number AS n, if(number % 10 = 3, [], [number / 2, -toFloat64(number), 0.25]) AS vec
          FROM numbers(40)`),
    ],
  ] as const)("of a %s are kept with their length, and no feature is made of them", async (format, body) => {
    const reference = await upload(format, await body(), mapping);
    expect(reference.features.map(({ name }) => name)).toEqual(["n"]);
    expect(reference.embeddings).toEqual([...told, { ...told[0], name: "again" }]);
    const sample = await test.store.profiles.referenceEmbeddings("default", reference, {
      rows: 40,
      limit: 40,
    });
    const vectors = sample.map(({ embeddings }) => embeddings["text"]);
    expect(vectors.filter((one) => one === undefined)).toHaveLength(4);
    expect(vectors).toContainEqual([2, -4, 0.25]);
  });

  it("may be all that a table has, in any number of equal rows, of which a sample is drawn", async () => {
    const body = Array.from({ length: 600 }, () => '{"vec":[1,2]}').join("\n");
    const reference = await upload("ndjson", body, { embeddings: { text: "vec" } });
    expect(reference).toMatchObject({ rows: 600, features: [], embeddings: [{ dimensions: 2, count: 600 }] });
    const sample = await test.store.profiles.referenceEmbeddings("default", reference, {
      rows: 600,
      limit: 100,
    });
    expect(sample).toHaveLength(100);
  });

  it("are refused by their column and first row where they have different lengths or hold anything but numbers", async () => {
    const of = (vec: string, at: number) =>
      rows
        .map((row, i) => (i === at ? `{"vec":${vec}}` : JSON.stringify({ vec: row.vec ?? [1, 2, 3] })))
        .join("\n");
    const first = { embeddings: { text: "vec" } };
    expect((await refusal("ndjson", of("[1,2]", 6), first))[1]).toBe(
      'embeddings.text: column "vec": row 7 holds 2 numbers where most rows hold 3',
    );
    for (const vec of [
      '[1,"2",3]',
      "[1,null,3]",
      '"words"',
      "[]",
      "[1e300,1,1]",
      "7",
      '{"a":1}',
      "[[1],2,3]",
    ]) {
      expect((await refusal("ndjson", of(vec, 9), first))[1]).toBe(
        'embeddings.text: column "vec": row 10 holds something else than a list of numbers',
      );
    }
    expect((await refusal("csv", 'n,vec\n1,"1, 2"\n2,oops\n', first))[1]).toBe(
      'embeddings.text: column "vec": row 1 holds something else than a list of numbers, and 1 more',
    );
    expect((await refusal("csv", "n,vec\n1,\n", first))[1]).toContain("no row holds a vector");
    const words = await parquet("SELECT ['a', 'b'] AS vec, 1 AS n");
    expect((await refusal("parquet", words, first))[1]).toBe(
      'mapping: no column of numbers or lists of them is named "vec"',
    );
    expect((await refusal("ndjson", '{"n":1}', first))[1]).toContain('column "vec": no row holds a vector');
    expect((await refusal("ndjson", `{"vec":[${Array(4_097).fill(1).join(",")}]}`, first))[1]).toContain(
      "row 1 holds 4097 numbers, at most 4096 are taken",
    );
  });

  it("that nothing maps are no features: the column is to be named or ignored", async () => {
    const body = '{"n":1,"vec":null}\n{"n":2,"vec":[1,2]}';
    expect((await refusal("ndjson", body))[0]).toMatch(/^vec: row 2 holds a list or an object/);
    expect((await upload("ndjson", body, { ignore: ["vec"] })).features).toHaveLength(1);
    expect((await upload("ndjson", body, { features: ["n"] })).features).toHaveLength(1);
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
