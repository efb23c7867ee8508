import { ksSorted, numericPsi, sortFloats } from "@leeway/core/statistics";
import type { Store } from "@leeway/store";
import { SCOPE } from "./traffic.ts";

/** rawColumn returns all values that a feature has in `[from, to)`, read from the raw rows. */
export async function rawColumn(
  store: Store,
  feature: string,
  from: number,
  to: number,
): Promise<Float64Array<ArrayBuffer>> {
  const range = `project = 'default' AND model = '${SCOPE.model}'
    AND timestamp >= fromUnixTimestamp64Milli(${from}, 'UTC') AND timestamp < fromUnixTimestamp64Milli(${to}, 'UTC')`;
  const counted = await store.client.query({
    query: `SELECT count() AS rows FROM predictions WHERE ${range} AND mapContains(numbers, '${feature}')`,
    format: "JSONEachRow",
  });
  const [{ rows } = { rows: 0 }] = (await counted.json()) as { rows: number | string }[];
  const column = new Float64Array(Number(rows));
  const bytes = new Uint8Array(column.buffer);
  let at = 0;
  const { stream } = await store.client.exec({
    query: `SELECT numbers['${feature}'] FROM predictions WHERE ${range} AND mapContains(numbers, '${feature}') FORMAT RowBinary`,
  });
  for await (const chunk of stream) {
    bytes.set(chunk as Uint8Array, at);
    at += (chunk as Uint8Array).length;
  }
  if (at !== bytes.length) throw new Error(`${at} bytes of ${rows} values of ${feature}`);
  return column;
}

/** exactStatistics returns PSI and Kolmogorov–Smirnov D of two raw columns, without a grid. */
export function exactStatistics(reference: Float64Array, window: Float64Array): { psi: number; ks: number } {
  const psi = numericPsi(reference, window);
  const ks = ksSorted(sortFloats(reference), sortFloats(window));
  return {
    psi: psi.outcome === "ok" ? psi.psi : Number.NaN,
    ks: ks.outcome === "ok" ? ks.statistic : Number.NaN,
  };
}
