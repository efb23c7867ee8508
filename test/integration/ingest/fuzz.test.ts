import { QUEUE_NAMES } from "@leeway/core/queue";
import { Worker } from "bullmq";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { patience } from "../../machine/patience.ts";
import { type FuzzRequest, fuzzRequest } from "./fuzz-bodies.ts";
import { ENTRANCES } from "./fuzz-entrances.ts";
import { API_KEY, type IngestServices, startIngestServices } from "./start-services.ts";

const BODIES = Number(process.env["LEEWAY_FUZZ_BODIES"] ?? 2_500);
const SEED = Number(process.env["LEEWAY_FUZZ_SEED"] ?? 11);
const AT_A_TIME = 16;
const PATIENCE_MS = patience(60_000);

let services: IngestServices;
let analyzer: Worker;
beforeAll(async () => {
  services = await startIngestServices();
  // Who asks for an evaluation of a model that a body happened to make is answered as by an analyzer that found nothing.
  const answer = { windows: 0, alarms: [], verdict: "not_judged", reason: "none", judged: 0, not_judged: [] };
  const connection = { url: services.env["REDIS_URL"]!, maxRetriesPerRequest: null };
  analyzer = new Worker(QUEUE_NAMES.evaluate, async () => answer, { connection });
});
afterAll(async () => {
  await analyzer?.close();
  await services?.stop();
});

async function send({ method, path, headers, body }: FuzzRequest): Promise<{ status: number; text: string }> {
  const answer = await fetch(services.url + path, {
    method,
    headers: { authorization: `Bearer ${API_KEY}`, ...headers },
    body: new Uint8Array(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return { status: answer.status, text: await answer.text() };
}

/** What is wrong with an answer, or undefined where it is as it should be: taken, or refused with what is wrong. */
function fault(request: FuzzRequest, { status, text }: { status: number; text: string }): string | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status < 400 || status >= 500) return `${status} ${text}`;
  // OTLP has problems of its own form; in protobuf, bytes.
  if (request.headers["content-type"] === "application/x-protobuf")
    return text.length > 4 ? undefined : `${status} silent`;
  const problem = JSON.parse(text) as { detail?: string; message?: string; code?: string | number };
  const words = problem.detail ?? problem.message ?? "";
  return problem.code !== undefined && words.length > 8 ? undefined : `${status} ${text}`;
}

it("takes every body that it documents", async () => {
  for (const { method, path, type = "application/json", write, body } of ENTRANCES) {
    const bytes = write?.(body) ?? Buffer.from(JSON.stringify(body));
    const { status, text } = await send({ method, path, headers: { "content-type": type }, body: bytes });
    // Those that name something that is not there say so.
    expect([path, status < 300 || status === 404 ? "fine" : text]).toEqual([path, "fine"]);
  }
});

it(
  `answers any body with 2xx, or with 4xx and what is wrong: ${BODIES} bodies changed at random`,
  async () => {
    const faults: string[] = [];
    const statuses = new Map<number, number>();
    const started = Date.now();
    for (let from = 0; from < BODIES; from += 1_000) {
      const requests = fc.sample(fuzzRequest, { numRuns: Math.min(1_000, BODIES - from), seed: SEED + from });
      const queue = requests.values();
      const work = async () => {
        for (const request of queue) {
          const answer = await send(request).catch((error: unknown) => ({ status: 0, text: String(error) }));
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          const wrong = fault(request, answer);
          if (wrong === undefined) continue;
          const { method, path, headers, body } = request;
          faults.push(
            `${method} ${path} ${JSON.stringify(headers)} ${body.toString("base64").slice(0, 2_000)}: ${wrong}`,
          );
        }
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, work));
    }
    const counts = [...statuses].sort().map(([status, count]) => `${status}: ${count}`);
    console.info(`${BODIES} bodies in ${Math.round((Date.now() - started) / 1_000)} s, ${counts.join(", ")}`);
    expect(faults.slice(0, 10)).toEqual([]);
    // A run in which nothing is taken, or nothing refused, has tried nothing.
    expect(statuses.get(200)).toBeGreaterThan(BODIES / 20);
    expect(statuses.get(400)).toBeGreaterThan(BODIES / 20);
    expect((await fetch(`${services.url}/readyz`)).status).toBe(200);
  },
  patience(60_000 + BODIES * 60),
);
