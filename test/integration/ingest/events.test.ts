import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prediction, send } from "./send.ts";
import { untilTrue } from "./start-process.ts";
import { type IngestServices, startIngest, startIngestServices } from "./start-services.ts";

let services: IngestServices;
let url: string;

beforeAll(async () => {
  services = await startIngestServices({ LEEWAY_MAX_BATCH_EVENTS: "3000" });
  url = `${services.url}/v1/predictions`;
});

afterAll(async () => {
  await services?.stop();
});

async function rowsOf(where: string): Promise<Record<string, unknown>[]> {
  const result = await services.database.store.client.query({
    query: `SELECT * FROM predictions FINAL WHERE ${where} ORDER BY id`,
    format: "JSONEachRow",
  });
  return result.json();
}

const batch = (predictions: unknown[], batchId?: string) =>
  JSON.stringify({ ...(batchId === undefined ? {} : { batch_id: batchId }), predictions });

describe("predictions", () => {
  it("are stored as they came, whatever kinds of value they hold", async () => {
    const event = prediction("all", {
      environment: "shadow",
      features: { n: -0.5, "größe 📏": "mittel", flag: true, gone: null, zero: 0 },
      prediction: { label: 1, score: 0.25, scores: { a: 0.25, b: 0.75 }, value: 3.5 },
      latency_ms: 12.5,
      error: "timeout",
      weight: 10,
      tags: { region: "eu" },
      embeddings: { text: [0.5, -1] },
    });
    expect((await send(url, batch([event]))).body).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
    const [row] = await rowsOf("id = 'all'");
    expect(row).toMatchObject({
      project: "default",
      environment: "shadow",
      timestamp: "2026-01-10 12:00:00.000",
      numbers: { n: -0.5, zero: 0 },
      strings: { "größe 📏": "mittel" },
      booleans: { flag: true },
      nulls: ["gone"],
      predicted_label: "1",
      score: 0.25,
      scores: { a: 0.25, b: 0.75 },
      predicted_value: 3.5,
      latency_ms: 12.5,
      error: "timeout",
      weight: 10,
      tags: { region: "eu" },
      embeddings: { text: [0.5, -1] },
    });
  });

  it("are refused one by one: a bad event never sinks its batch", async () => {
    const many = Object.fromEntries(Array.from({ length: 2_001 }, (_unused, index) => [`f${index}`, index]));
    const { f0: _first, ...most } = many;
    const text = batch([
      prediction("ok-1"),
      prediction("bad-1", { version: "" }),
      prediction("bad-2", { features: { a: { nested: 1 } } }),
      prediction("bad-3", { features: many }),
      prediction("bad-4", { features: { "control\u0007": 1 } }),
      prediction("bad-5", { timestamp: "yesterday" }),
      prediction("bad-6", { features: { ["x".repeat(129)]: 1 } }),
      "not an object",
      prediction("ok-2", { features: most }),
    ]).replace('"control\\u0007"', '"__proto__":1,"ok"');
    const { status, body } = await send(url, text);
    expect([status, body.accepted]).toEqual([200, 2]);
    expect(body.rejected?.map(({ index, code }) => [index, code])).toEqual([
      [1, "invalid_event"],
      [2, "invalid_feature"],
      [3, "too_many_features"],
      [4, "invalid_feature"],
      [5, "timestamp_out_of_range"],
      [6, "invalid_feature"],
      [7, "invalid_event"],
    ]);
    expect(body.rejected?.[3]?.message).toContain("__proto__");
    expect((await rowsOf("startsWith(id, 'ok-')")).map(({ id }) => id)).toEqual(["ok-1", "ok-2"]);
    expect(await rowsOf("startsWith(id, 'bad-')")).toEqual([]);
  });

  it("show conflicting types, near twins and refusals as evidence", async () => {
    const model = "evidence";
    await send(
      url,
      batch([
        prediction("e1", { model, features: { age: 1, Age: 2 } }),
        prediction("e2", { model, features: { age: "old" } }),
        prediction("e3", { model, features: { age: [1] } }),
      ]),
    );
    interface Features {
      features: { name: string; issues: { code: string }[] }[];
      refused: { code: string; events: number; example: string }[];
    }
    const read = async () => (await services.call("GET", `/v1/models/${model}/features`)).body as Features;
    await untilTrue(async () => (await read()).features.length === 2, "the evidence");
    const { features, refused } = await read();
    expect(features.map(({ name, issues }) => [name, issues.map(({ code }) => code)])).toEqual([
      ["Age", ["case_collision"]],
      ["age", ["type_conflict", "case_collision"]],
    ]);
    expect(refused).toMatchObject([
      { code: "invalid_feature", events: 1, example: expect.stringContaining("age") },
    ]);
  });
});

describe("exactly once", () => {
  it("under a wrong key are evidence, too, without the key", async () => {
    const key = `lw_ing_${"aB3d".repeat(9)}`;
    const answer = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: "{}",
    });
    expect(answer.status).toBe(401);
    const refused = () => services.database.store.evidence.newestRefusals("default", Date.now() - 3_600_000);
    const ofKeys = async () => (await refused()).find(({ kind }) => kind === "keys");
    await untilTrue(async () => (await ofKeys()) !== undefined, "the evidence");
    expect(await ofKeys()).toMatchObject({
      ...{ model: "", code: "unauthorized", events: 1, example: "the key begins with lw_ing_aB3d" },
    });
  });

  it("a repeated batch is acknowledged again and changes nothing; other content under its id is refused", async () => {
    const text = batch([prediction("b1"), prediction("b2")], "batch-1");
    const first = await send(url, text);
    expect(first.body).toEqual({ accepted: 2, duplicate: 0, rejected: [] });
    expect((await send(url, text)).body).toEqual(first.body);
    const other = await send(url, batch([prediction("b3")], "batch-1"));
    expect([other.status, other.body.code]).toEqual([409, "batch_id_reused"]);
    expect((await rowsOf("id IN ('b1', 'b2', 'b3')")).map(({ id }) => id)).toEqual(["b1", "b2"]);
  });

  it("the same id counts once under whatever batch, and another payload is a conflict, even hours apart", async () => {
    await send(url, batch([prediction("c1")], "batch-2"));
    const again = await send(
      url,
      batch([
        prediction("c1"),
        prediction("c1", { features: { b: "x", a: 1 } }),
        prediction("c1", { features: { a: 2, b: "x" } }),
        prediction("c1", { timestamp: Date.UTC(2026, 0, 9) }),
        prediction("c1", { version: "2" }),
      ]),
    );
    expect(again.body).toMatchObject({ accepted: 1, duplicate: 2 });
    expect(again.body.rejected?.map(({ index, code }) => [index, code])).toEqual([
      [2, "conflict"],
      [3, "conflict"],
    ]);
    expect(await rowsOf("id = 'c1' AND version = '1'")).toMatchObject([{ numbers: { a: 1 } }]);
  });

  it("holds over a restart, and over what a service that was killed had stored", async () => {
    const text = batch([prediction("r1"), prediction("r2")], "batch-3");
    await send(url, text);
    const port = Number(new URL(services.url).port);
    await services.ingest.end("SIGKILL");
    const { process: ingest } = await startIngest(services.env, { port });
    services.ingest = ingest;
    expect((await send(url, text)).body).toEqual({ accepted: 2, duplicate: 0, rejected: [] });
    expect((await send(url, batch([prediction("r9")], "batch-3"))).status).toBe(409);
    const mixed = batch([
      prediction("r1"),
      prediction("r2", { prediction: { score: 0.9 } }),
      prediction("r3"),
    ]);
    const { body } = await send(url, mixed);
    expect(body).toMatchObject({ accepted: 1, duplicate: 1, rejected: [{ index: 1, code: "conflict" }] });
    const labels = JSON.stringify({
      labels: [{ prediction_id: "r1", model: "m", label: true, timestamp: "2026-01-11T00:00:00Z" }],
    });
    const labelsUrl = `${services.url}/v1/labels`;
    expect((await send(labelsUrl, labels)).body).toMatchObject({ accepted: 1 });
    expect((await send(labelsUrl, labels)).body).toMatchObject({ accepted: 0, duplicate: 1 });
    expect(await rowsOf("startsWith(id, 'r')")).toHaveLength(3);
  });

  it("has what was stored but never acknowledged counted and joined again when it is sent again", async () => {
    const at = Date.UTC(2026, 0, 20, 7, 30);
    const text = batch([prediction("h1", { timestamp: at }), prediction("h2", { timestamp: at + 60_000 })]);
    await send(url, text);
    const labelsUrl = `${services.url}/v1/labels`;
    const labels = JSON.stringify({
      labels: ["h1", "h2"].map((id, i) => ({
        ...{ prediction_id: id, model: "receipts", label: true, timestamp: at + i * 60_000 },
      })),
    });
    await send(labelsUrl, labels);
    const { client } = services.database.store;
    // As an insert leaves it that ended between the table and the view beside it.
    await client.command({
      query: "ALTER TABLE prediction_activity DELETE WHERE hour = '2026-01-20 07:00:00'",
      clickhouse_settings: { mutations_sync: "1" },
    });
    await client.command({
      query: "ALTER TABLE label_receipts DELETE WHERE model = 'receipts'",
      clickhouse_settings: { mutations_sync: "1" },
    });
    await services.ingest.end("SIGKILL");
    const { process: ingest } = await startIngest(services.env, { port: Number(new URL(services.url).port) });
    services.ingest = ingest;
    expect((await send(url, text)).body).toMatchObject({ accepted: 0, duplicate: 2 });
    expect((await send(labelsUrl, labels)).body).toMatchObject({ accepted: 0, duplicate: 2 });
    const receipts = await client.query({
      query: `SELECT max(last_received_at) > now() - 600 AS is_fresh, toUnixTimestamp64Milli(max(last_timestamp)) AS last,
        max(last_received_at) = (SELECT max(received_at) FROM labels WHERE model = 'receipts') AS is_right
        FROM label_receipts WHERE model = 'receipts'`,
      format: "JSONEachRow",
    });
    expect(await receipts.json()).toMatchObject([{ is_fresh: 1, last: at + 60_000, is_right: 1 }]);
    const answer = await client.query({
      query: `SELECT toUnixTimestamp64Milli(min(first_timestamp)) AS first, toUnixTimestamp64Milli(max(last_timestamp)) AS last,
        max(last_received_at) > now() - 60 AS is_fresh FROM prediction_activity WHERE hour = '2026-01-20 07:00:00'`,
      format: "JSONEachRow",
    });
    expect(await answer.json()).toMatchObject([{ first: at, last: at + 60_000, is_fresh: 1 }]);
  });
});

describe("bodies", () => {
  it("come as gzip and br, and as lines whose broken ones refuse themselves only", async () => {
    const gzipped = gzipSync(batch([prediction("gz")]));
    expect((await send(url, new Uint8Array(gzipped), { "content-encoding": "gzip" })).body.accepted).toBe(1);
    const packed = brotliCompressSync(batch([prediction("br")]));
    expect((await send(url, new Uint8Array(packed), { "content-encoding": "br" })).body.accepted).toBe(1);
    const lines = [JSON.stringify(prediction("l1")), "{broken", "", JSON.stringify(prediction("l2"))].join(
      "\n",
    );
    const answer = await send(url, lines, { "content-type": "application/x-ndjson" });
    expect(answer.body).toMatchObject({ accepted: 2, rejected: [{ index: 1, code: "invalid_event" }] });
    const named = await send(`${url}?batch_id=lines-1`, lines, { "content-type": "application/x-ndjson" });
    expect(named.body).toMatchObject({ accepted: 0, duplicate: 2 });
  });

  it("stream through in lines far beyond what one body may hold", async () => {
    const text = Array.from({ length: 20_000 }, (_unused, index) =>
      JSON.stringify(prediction(`s${index}`, { model: "stream", features: { text: "x".repeat(500) } })),
    ).join("\n");
    expect(text.length).toBeGreaterThan(8 * 1024 * 1024);
    const { status, body } = await send(url, text, { "content-type": "application/x-ndjson" });
    expect([status, body]).toEqual([200, { accepted: 20_000, duplicate: 0, rejected: [] }]);
    expect(await rowsOf("model = 'stream' AND id IN ('s0', 's19999')")).toHaveLength(2);
  });

  it("are refused past their limits, each with its problem", async () => {
    const huge = await send(url, batch([prediction("x", { error: "x".repeat(9 * 1024 * 1024) })]));
    expect([huge.status, huge.body.code]).toEqual([413, "payload_too_large"]);
    const bomb = await send(url, new Uint8Array(gzipSync(Buffer.alloc(100_000_000))), {
      "content-encoding": "gzip",
    });
    expect([bomb.status, bomb.body.code]).toEqual([413, "payload_too_large"]);
    const many = await send(url, batch(Array.from({ length: 3_001 }, () => 1)));
    expect([many.status, many.body.code]).toEqual([413, "payload_too_large"]);
    expect(many.body.errors?.[0]?.path).toBe("predictions");
    const encoded = await send(url, "x", { "content-encoding": "compress" });
    expect([encoded.status, encoded.headers.get("accept-encoding")]).toEqual([415, "gzip, br, zstd"]);
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    expect((await send(url, deep)).body.code).toBe("invalid_request");
    const deepEvent = batch([prediction("deep", { extra: "@" })]).replace('"@"', deep);
    expect((await send(url, deepEvent)).body.rejected?.[0]?.code).toBe("too_deep");
    const undecodable = await fetch(`${services.url}/v1/models/%E0%A4%A`);
    expect(undecodable.headers.get("content-type")).toContain("application/problem+json");
    const untyped = await send(url, "x", { "content-type": "" });
    expect([untyped.status, untyped.body.detail]).toEqual([
      415,
      "Content-Type is missing or not a media type",
    ]);
    const health = await fetch(`${services.url}/healthz`);
    expect(health.status).toBe(200);
  });
});
