import { readFile } from "node:fs/promises";
import { createRandom } from "@leeway/core/random";
import { afterAll, beforeAll, expect, it } from "vitest";
import { patience } from "../../machine/patience.ts";
import { API_KEY, type IngestServices, startIngestServices } from "./start-services.ts";

/** How many mutated uploads are sent, and how long that may take; `LEEWAY_FUZZ_UPLOADS=20000` sends as many as it says, however long it takes. */
const ASKED = process.env["LEEWAY_FUZZ_UPLOADS"];
const UPLOADS = Number(ASKED ?? 400);
const SEED = Number(process.env["LEEWAY_FUZZ_SEED"] ?? 1);
const PATIENCE_MS = ASKED === undefined ? 30_000 : Number.POSITIVE_INFINITY;
const AT_ONCE = 4;
/** Stands in cells; no log may hold it. */
const SECRET = "Jane-Doe-4711";

let services: IngestServices;
beforeAll(async () => {
  services = await startIngestServices();
});
afterAll(() => services.stop());

interface Base {
  type: string;
  bytes: Buffer;
  mapping: object;
}

const MAPPING = { timestamp: "ts", score: "p", label: "y" };

async function bases(): Promise<Base[]> {
  const rows = Array.from({ length: 40 }, (_, i) => ({
    ts: new Date(Date.UTC(2026, 0, 1) + i * 3_600_000).toISOString(),
    p: i / 40,
    y: i % 2,
    name: `${SECRET} "${i}"`,
    vec: [i, -i, 0.5],
  }));
  const lines = rows.map(({ ts, p, y, name, vec }) =>
    [ts, p, y, `"${name.replaceAll('"', '""')}"`, `"[${vec.join(", ")}]"`].join(","),
  );
  const csv = Buffer.from(["ts,p,y,name,vec", ...lines].join("\n"));
  const ndjson = Buffer.from(rows.map((row) => JSON.stringify(row)).join("\n"));
  const embedded = { ...MAPPING, embeddings: { text: "vec" } };
  const parquet = (name: string) =>
    readFile(new URL(`../../fixtures/uploads/${name}.parquet`, import.meta.url));
  const type = "application/vnd.apache.parquet";
  return [
    { type: "text/csv", bytes: csv, mapping: embedded },
    { type: "text/csv", bytes: Buffer.from(csv.toString(), "utf16le"), mapping: embedded },
    { type: "application/x-ndjson", bytes: ndjson, mapping: embedded },
    { type, bytes: await parquet("pandas-index"), mapping: MAPPING },
    { type, bytes: await parquet("nan-labels"), mapping: MAPPING },
    { type, bytes: await parquet("struct-and-map"), mapping: { ...MAPPING, ignore: ["s", "m"] } },
    { type, bytes: await madeByEngine(), mapping: embedded },
  ];
}

async function madeByEngine(): Promise<Buffer> {
  const { stream } = await services.database.store.client.exec({
    query: `SELECT toDateTime64('2026-01-01 00:00:00', 3, 'UTC') + number AS ts, number / 50 AS p, toString(number % 2) AS y,
      concat('${SECRET}', toString(number)) AS name, [number / 2, 0.25] AS vec FROM numbers(50) FORMAT Parquet`,
  });
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

type Random = () => number;

const SPECIAL = [0x00, 0x0a, 0x0d, 0x22, 0x2c, 0x3b, 0x5c, 0x7b, 0x5b, 0xff, 0x80, 0x27, 0x2d, 0x39];

/** mutated returns a body with one to four defects: cut, flipped bits, bytes put in, taken out, repeated or overwritten, most of a Parquet's at its end, where its footer is. */
function mutated(bytes: Buffer, random: Random): Buffer {
  let body = Buffer.from(bytes);
  const defects = 1 + Math.floor(random() * 4);
  for (let defect = 0; defect < defects && body.length > 0; defect++) {
    const isLate = random() < 0.4;
    const at = Math.floor((isLate ? 1 - random() ** 2 * 0.2 : random()) * (body.length - 1));
    const length = 1 + Math.floor(random() ** 3 * Math.min(64, body.length - at));
    const special = SPECIAL[Math.floor(random() * SPECIAL.length)] as number;
    switch (Math.floor(random() * 6)) {
      case 0:
        body = body.subarray(0, at);
        break;
      case 1:
        body[at] = (body[at] as number) ^ (1 << Math.floor(random() * 8));
        break;
      case 2:
        body = Buffer.concat([body.subarray(0, at), Buffer.alloc(length, special), body.subarray(at)]);
        break;
      case 3:
        body = Buffer.concat([body.subarray(0, at), body.subarray(at + length)]);
        break;
      case 4:
        body = Buffer.concat([body.subarray(0, at + length), body.subarray(at)]);
        break;
      default:
        body.fill(special, at, at + length);
    }
  }
  return body;
}

async function sendUpload(
  { type, mapping }: Base,
  body: Buffer,
): Promise<{ status: number; answer: Answer }> {
  const query = new URLSearchParams({ version: "1", mapping: JSON.stringify(mapping) });
  const reply = await fetch(`${services.url}/v1/models/fuzz/references?${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${API_KEY}`, "content-type": type },
    body: Uint8Array.from(body),
    signal: AbortSignal.timeout(patience(120_000)),
  });
  return { status: reply.status, answer: (await reply.json()) as Answer };
}

interface Answer {
  detail?: string;
  errors?: { path: string; message: string }[];
}

it(
  "any upload, mutated at random, is taken or refused by what is wrong with it; no cell gets into the log",
  async () => {
    const random = createRandom(SEED);
    const all = await bases();
    for (const base of all) expect(await sendUpload(base, base.bytes)).toMatchObject({ status: 201 });
    const counts = new Map<string, number>();
    const wrong: string[] = [];
    const begun = Date.now();
    let sent = 0;
    const sendSome = async () => {
      while (sent <= UPLOADS / 20 || (sent < UPLOADS && Date.now() - begun < PATIENCE_MS)) {
        const number = sent++;
        const base = all[number % all.length] as Base;
        const body = mutated(base.bytes, random);
        const { status, answer } = await sendUpload(base, body);
        const key = `${base.type} ${status}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
        const isNamed = (answer.errors ?? []).every(({ path, message }) => path !== "" && message !== "");
        const isRefused = status === 400 && (answer.errors?.length ?? 0) > 0 && isNamed;
        if (status !== 201 && !isRefused) wrong.push(`upload ${number}: ${status} ${JSON.stringify(answer)}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sendSome));
    console.log(`${sent} mutated uploads: ${JSON.stringify(Object.fromEntries([...counts].sort()))}`);
    expect(wrong).toEqual([]);
    expect(sent).toBeGreaterThan(UPLOADS / 20);
    expect(services.ingest.output()).not.toContain(SECRET);
    // What came last tells that the service and its engine still live.
    expect(await sendUpload(all[0] as Base, (all[0] as Base).bytes)).toMatchObject({ status: 201 });
  },
  ASKED === undefined ? patience(300_000) : 7_200_000,
);
