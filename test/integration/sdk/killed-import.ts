import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCuttingProxy } from "../../faults/injectors/cutting-proxy.ts";
import { startProcess, untilTrue } from "../ingest/start-process.ts";
import { API_KEY, type IngestServices } from "../ingest/start-services.ts";

/** KilledImport is what became of an import of labels that was killed and started again. */
export interface KilledImport {
  /** Rows that the first run had noted as settled when it was killed. */
  rowsBefore: number;
  stored: number;
  distinct: number;
  /** What the second run said. */
  said: string;
  /** Of both runs together. */
  seconds: number;
}

// What the command sends in one request where nothing else is said.
const BATCH = 2_000;

/** killedImport imports a Parquet file of `rows` labels by `leeway labels import`, kills it with SIGKILL once a third is settled, before more than two thirds are, and starts it again. */
export async function killedImport(services: IngestServices, rows: number): Promise<KilledImport> {
  const { client } = services.database.store;
  const folder = await mkdtemp(join(tmpdir(), "leeway-labels-"));
  const file = join(folder, "labels.parquet");
  try {
    const parquet = await client.exec({
      query: `SELECT lower(hex(MD5(toString(number)))) AS prediction_id, if(number % 5 = 0, 'late', 'on time') AS label,
          1767571200000 + number * 10 AS timestamp FROM numbers(${rows}) FORMAT Parquet
          SETTINGS output_format_parquet_compression_method = 'snappy', output_format_parquet_row_group_size = 100000`,
    });
    await writeFile(file, parquet.stream);
    const started = performance.now();
    const args = ["sdk/src/cli/main.ts", "labels", "import", file, "--model", "imported"];
    const run = (url: string) =>
      startProcess(process.execPath, ["--import", "tsx", ...args], {
        LEEWAY_URL: url,
        LEEWAY_API_KEY: API_KEY,
      });
    // However late this process looks, the rest of the import is still waiting.
    let requests = 0;
    const proxy = await startCuttingProxy(Number(new URL(services.url).port), () => ({
      what: ++requests * BATCH > (rows * 2) / 3 ? "silence" : "nothing",
    }));
    const first = run(proxy.url);
    const settled = async () =>
      (JSON.parse(await readFile(`${file}.leeway-import.json`, "utf8")) as { rows: number }).rows;
    await untilTrue(
      async () => (await settled()) > rows / 3,
      `a third of the import: ${first.output()}`,
      300_000,
    );
    await first.end("SIGKILL");
    await proxy.close();
    const rowsBefore = await settled();
    const second = run(services.url);
    await untilTrue(async () => second.child.exitCode !== null, `the rest of the import`, 300_000);
    const seconds = (performance.now() - started) / 1_000;
    const answer = await client.query({
      query: `SELECT count() AS stored, uniqExact(prediction_id) AS distinct FROM labels WHERE model = 'imported'`,
      format: "JSONEachRow",
    });
    const [counts] = (await answer.json()) as { stored: string; distinct: string }[];
    return {
      rowsBefore,
      stored: Number(counts?.stored),
      distinct: Number(counts?.distinct),
      said: second.output(),
      seconds,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
