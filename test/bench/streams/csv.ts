import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** readTable returns the rows of a gzipped CSV without quoted cells, by column. */
export function readTable(path: string): Record<string, string>[] {
  const [header = "", ...lines] = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  const columns = header.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ""]));
  });
}

/** toCsv returns rows as CSV text with the given columns. */
export function toCsv(rows: readonly Record<string, string>[], columns: readonly string[]): string {
  return [columns.join(","), ...rows.map((row) => columns.map((column) => row[column] ?? "").join(","))].join(
    "\n",
  );
}
