import { startIngestServices } from "../../integration/ingest/start-services.ts";
import { killedImport } from "../../integration/sdk/killed-import.ts";

// How fast `leeway labels import` takes a Parquet file of so many labels, killed once in the middle, and whether each of them is stored once.
const rows = Number(process.argv[2] ?? 1_000_000);
const services = await startIngestServices();
const { rowsBefore, stored, distinct, said, seconds } = await killedImport(services, rows);
console.log(
  `${rows} labels in ${seconds.toFixed(1)} s (${Math.round(rows / seconds)} rows/s), killed after ${rowsBefore}`,
);
console.log(`stored ${stored}, distinct ${distinct}\n${said}`);
await services.stop();
