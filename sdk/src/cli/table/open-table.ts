import { openCsv } from "./open-csv.ts";
import type { Table } from "./table.ts";

/** openTable returns a `.parquet` file, or else a CSV file (`.csv`, `.tsv`, also with `.gz`), as a table. */
export async function openTable(path: string): Promise<Table> {
  if (!path.endsWith(".parquet")) return openCsv(path);
  // Loaded when needed: most runs read CSV.
  const { openParquet } = await import("./open-parquet.ts");
  return openParquet(path);
}
