// A reference of a large model: what it costs the engine, and the most memory it takes, under a limit of memory for each statement.
// Arguments: rows of the reference, the limit of one statement's memory in GiB.
import { readFileSync } from "node:fs";
import { totalmem } from "node:os";
import { createTestDatabase } from "@leeway/store/testing";
import { createEngineMeter } from "./engine-meter.ts";
import { SCOPE, storeTraffic } from "./traffic.ts";

const ROWS = Number(process.argv[2] ?? 10_000_000);
const LIMIT_GIB = Number(process.argv[3] ?? 4);
const DAY = 86_400_000;
const FROM = Date.UTC(2026, 0, 5);
const TO = FROM + 3 * DAY;

process.env["LEEWAY_ENGINE_MEMORY_SHARE"] = String((LIMIT_GIB * 2 ** 30) / totalmem());
const { store, engine, close } = await createTestDatabase();
const { timed } = createEngineMeter(engine);
const peakMiB = () => {
  const status = readFileSync(`/proc/${engine.process.pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1_024);
};

await timed(`${ROWS} rows of 20 numbers, 4 strings and a boolean stored`, () =>
  storeTraffic(store, { name: "r", from: FROM, spanMs: TO - FROM, rows: ROWS, shift: () => 0 }),
);
console.log(`engine's peak so far: ${peakMiB()} MiB`);
const reference = await timed(`reference of ${ROWS} rows, ${LIMIT_GIB} GiB a statement`, () =>
  store.references.fromWindow("default", { ...SCOPE, id: "large", source: "window", from: FROM, to: TO }),
);
console.log(`${reference.rows} rows, ${reference.features.length} features; engine's peak: ${peakMiB()} MiB`);
await close();
