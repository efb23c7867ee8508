import { spawn } from "node:child_process";
import { request } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type ClickHouseClient, createClient } from "@clickhouse/client";
import { startTestEngine, type TestEngine } from "@leeway/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { patience } from "../../machine/patience.ts";

const MAIN = join(import.meta.dirname, "../../../store/src/embedded/main.ts");

let engine: TestEngine;
let client: ClickHouseClient;

const rows = async (query: string, query_params: Record<string, unknown> = {}) =>
  (await client.query({ query, query_params, format: "JSONEachRow" })).json();
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: Error & { code?: string }) => error.code ?? error.message,
  );

function send(path: string, options: { body?: string | Buffer; headers?: Record<string, string> } = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const call = request(`${engine.url}${path}`, {
        method: options.body === undefined ? "GET" : "POST",
        headers: options.headers ?? {},
      });
      call.on("error", reject);
      call.on("response", (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      });
      call.end(options.body);
    },
  );
}

beforeAll(async () => {
  engine = await startTestEngine();
  client = createClient({ url: engine.url, use_multipart_params_auto: true, log: { level: 127 } });
  await client.command({ query: "CREATE DATABASE IF NOT EXISTS lab ENGINE = Atomic" });
  await client.command({
    query:
      "CREATE TABLE lab.t (a UInt64, b String) ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 100",
  });
});
afterAll(async () => {
  await client.close();
  await engine.stop();
});

describe("parameters", () => {
  it("arrive as they were sent, whatever they hold, and never as SQL", async () => {
    const values = ["o'b", "a\\b", "tab\tline\nreturn\r", "{x:String}", "'); DROP TABLE lab.t; --", "ü𝄞", ""];
    const [row] = await rows(
      "SELECT {all:Array(String)} AS all, {one:String} AS one, '{one:String}' AS text",
      {
        all: values,
        one: values[4],
      },
    );
    expect(row).toEqual({ all: values, one: values[4], text: "{one:String}" });
    expect(
      await rows(
        "SELECT {n:Nullable(Int32)} AS n, {x:Float64} AS x, {id:Identifier} FROM (SELECT 1 AS `odd``name`)",
        {
          n: null,
          x: 0.1,
          id: "odd`name",
        },
      ),
    ).toEqual([{ n: null, x: 0.1, "odd`name": 1 }]);
  });

  it("of parallel queries are not mixed", async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        rows("SELECT {i:UInt32} AS i, sum(number) AS s FROM numbers(200000)", { i }),
      ),
    );
    expect(answers.map(([row]) => (row as { i: number }).i)).toEqual(Array.from({ length: 60 }, (_, i) => i));
  });

  it("may be longer than a URL", async () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => `id-${i}`);
    expect(await rows("SELECT toUInt32(length({ids:Array(String)})) AS n", { ids })).toEqual([{ n: 20_000 }]);
  });
});

describe("settings", () => {
  it("hold for their query alone", async () => {
    const setting = "SELECT getSetting('max_block_size')::UInt32 AS n";
    const [before] = await rows(setting);
    const result = await client.query({
      query: setting,
      format: "JSONEachRow",
      clickhouse_settings: { max_block_size: "77" },
    });
    expect(await result.json()).toEqual([{ n: 77 }]);
    for (let i = 0; i < 12; i++) expect(await rows(setting)).toEqual([before]);
  });
});

describe("inserts", () => {
  it("take any format, packed or not, and say what was written", async () => {
    const { summary } = await client.insert({
      table: "lab.t",
      values: [{ a: 1, b: "x" }],
      format: "JSONEachRow",
    });
    expect(summary?.written_rows).toBe("1");
    const packed = gzipSync("2,gz\n3,gz\n");
    const insert = `/?query=${encodeURIComponent("INSERT INTO lab.t FORMAT CSV")}`;
    expect((await send(insert, { body: packed, headers: { "content-encoding": "gzip" } })).status).toBe(200);
    expect(
      (await send("/", { body: 'INSERT INTO lab.t FORMAT JSONEachRow\n{"a":4,"b":"inline"}' })).status,
    ).toBe(200);
    expect((await send("/", { body: "INSERT INTO lab.t VALUES (5, 'values')" })).status).toBe(200);
    const native = await client.exec({ query: "SELECT toUInt64(6) AS a, 'native' AS b FORMAT Native" });
    const chunks: Buffer[] = [];
    for await (const chunk of native.stream) chunks.push(chunk as Buffer);
    const asNative = `/?query=${encodeURIComponent("INSERT INTO lab.t FORMAT Native")}`;
    expect((await send(asNative, { body: Buffer.concat(chunks) })).status).toBe(200);
    expect(await rows("SELECT toUInt32(a) AS a, b FROM lab.t ORDER BY a")).toEqual([
      { a: 1, b: "x" },
      { a: 2, b: "gz" },
      { a: 3, b: "gz" },
      { a: 4, b: "inline" },
      { a: 5, b: "values" },
      { a: 6, b: "native" },
    ]);
  });

  it("with a token that was there before change nothing", async () => {
    const insert = () =>
      client.insert({
        table: "lab.t",
        values: [{ a: 100, b: "once" }],
        format: "JSONEachRow",
        clickhouse_settings: { insert_deduplication_token: "token-1" },
      });
    await insert();
    await insert();
    expect(await rows("SELECT toUInt32(count()) AS n FROM lab.t WHERE a = 100")).toEqual([{ n: 1 }]);
  });
});

describe("failures", () => {
  it("carry ClickHouse's code", async () => {
    expect(await failure(client.query({ query: "SELECT * FROM lab.missing" }))).toBe("60");
    expect(await failure(client.query({ query: "SELECT FROM FROM 1" }))).toBe("62");
    expect(await failure(client.query({ query: "SELECT {a:UInt8}" }))).toBe("456");
    const unknown = await send("/?query=SELECT+1&no_such_setting=1");
    expect(unknown.headers["x-clickhouse-exception-code"]).toBe("115");
    const bad = await send("/", { body: "SELECT throwIf(1, 'no')" });
    expect(bad.headers["x-clickhouse-exception-code"]).toBe("395");
    expect(bad.body).toMatch(/^Code: 395\. DB::Exception: no/);
  });

  it("in the middle of an answer end it as an error, not as a short answer", async () => {
    const result = await client.query({
      query: "SELECT number, throwIf(number = 900000) FROM numbers(1000000) SETTINGS max_block_size = 10000",
      format: "CSV",
    });
    let seen = 0;
    const reading = (async () => {
      for await (const chunk of result.stream()) seen += chunk.length;
    })();
    expect(await failure(reading)).toBeDefined();
    expect(seen).toBeLessThan(1_000_000);
  });
});

describe("a client that goes away", () => {
  it("takes its query with it, and others are answered meanwhile", async () => {
    const abort = new AbortController();
    const running = failure(
      client.query({
        query: "SELECT sum(sipHash64(number)) FROM numbers(100000000000)",
        abort_signal: abort.signal,
      }),
    );
    const others =
      "SELECT toUInt32(count()) AS n FROM system.processes WHERE query LIKE '%sipHash64(number)%' AND query NOT LIKE '%processes%'";
    const running_now = async () => ((await rows(others)) as { n: number }[])[0]?.n;
    await expect.poll(running_now).toBe(1);
    expect((await client.ping()).success).toBe(true);
    abort.abort();
    await running;
    await expect.poll(running_now, { timeout: patience(10_000) }).toBe(0);
  });

  it("leaves its insert to finish, in the table and in the view beside it", async () => {
    await client.command({ query: "CREATE TABLE kept (x UInt32) ENGINE = MergeTree ORDER BY x" });
    await client.command({ query: "CREATE TABLE told (x UInt32) ENGINE = MergeTree ORDER BY x" });
    await client.command({
      query: "CREATE MATERIALIZED VIEW told_view TO told AS SELECT x FROM kept WHERE sleepEachRow(0.9) = 0",
    });
    const abort = new AbortController();
    const inserting = failure(
      client.insert({
        table: "kept",
        values: [{ x: 1 }, { x: 2 }, { x: 3 }],
        format: "JSONEachRow",
        abort_signal: abort.signal,
      }),
    );
    const count = async (sql: string) => ((await rows(sql)) as { n: number }[])[0]?.n;
    const running =
      "SELECT toUInt32(count()) AS n FROM system.processes WHERE query LIKE 'INSERT INTO kept%'";
    await expect.poll(() => count(running), { interval: 10 }).toBe(1);
    abort.abort();
    await inserting;
    await expect.poll(() => count(running), { timeout: patience(10_000) }).toBe(0);
    expect(await count("SELECT toUInt32(count()) AS n FROM kept")).toBe(3);
    expect(await count("SELECT toUInt32(count()) AS n FROM told")).toBe(3);
  });
});

describe("the door", () => {
  it("is shut to web pages and to other names of this machine", async () => {
    expect((await send("/?query=SELECT+1", { headers: { origin: "http://evil.example" } })).status).toBe(403);
    expect((await send("/?query=SELECT+1", { headers: { host: "evil.example" } })).status).toBe(403);
    expect((await send("/?query=SELECT+1")).body).toBe("1\n");
  });

  it("lets one engine open a data directory", async () => {
    const second = spawn(process.execPath, ["--import", "tsx", MAIN], {
      env: {
        ...process.env,
        LEEWAY_DATA_DIR: engine.dataDir,
        LEEWAY_ENGINE_PORT: "0",
        LEEWAY_ENGINE_PASSWORD: "another-password-of-a-test",
      },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let told = "";
    second.stderr.on("data", (text) => {
      told += text;
    });
    const code = await new Promise((resolve) => second.on("exit", resolve));
    expect(code).toBe(1);
    expect(told).toContain("is in use by another embedded engine");
  });
});

describe("killed under load", () => {
  it("has every insert it acknowledged, once, after it was started again", async () => {
    await client.command({ query: "CREATE TABLE lab.kept (n UInt64) ENGINE = MergeTree ORDER BY n" });
    const acknowledged: number[] = [];
    for (let round = 0; round < 3; round++) {
      let isKilled = false;
      const writers = Array.from({ length: 4 }, async (_, writer) => {
        for (let i = 0; !isKilled; i++) {
          const first = ((round * 4 + writer) * 10_000 + i) * 100;
          const values = Array.from({ length: 100 }, (_, k) => ({ n: first + k }));
          const error = await failure(client.insert({ table: "lab.kept", values, format: "JSONEachRow" }));
          if (error === undefined) acknowledged.push(first);
        }
      });
      const enough = acknowledged.length + 15;
      await expect
        .poll(() => acknowledged.length, { timeout: patience(20_000), interval: 5 })
        .toBeGreaterThan(enough);
      engine.process.kill("SIGKILL");
      isKilled = true;
      await Promise.all(writers);
      engine = await engine.restart();
    }
    const stored = (await rows("SELECT toUInt32(n) AS n FROM lab.kept WHERE n % 100 = 0")) as { n: number }[];
    const counts = new Map<number, number>();
    for (const { n } of stored) counts.set(n, (counts.get(n) ?? 0) + 1);
    expect(acknowledged.filter((first) => counts.get(first) !== 1)).toEqual([]);
    const [torn] = await rows(
      "SELECT toUInt32(count()) AS n FROM (SELECT intDiv(n, 100) AS batch FROM lab.kept GROUP BY batch HAVING count() != 100)",
    );
    expect(torn).toEqual({ n: 0 });
  });
});
