import type { ClickHouseClient } from "../../client/clickhouse.ts";
import { toStoreError } from "../../client/store-error.ts";

/** RowStream is a query whose rows all have `rowBytes` bytes in RowBinary. */
export interface RowStream {
  name: string;
  sql: string;
  parameters: Record<string, number>;
  rowBytes: number;
}

/** streamRows hands each row of a query to `onRow` as it comes, as the place `at` which it begins in `bytes`; nothing is kept. */
export async function streamRows(
  client: ClickHouseClient,
  { name, sql, parameters, rowBytes }: RowStream,
  onRow: (bytes: Buffer, at: number) => void,
): Promise<void> {
  try {
    const { stream } = await client.exec({
      query: `${sql} FORMAT RowBinary`,
      query_params: parameters,
      clickhouse_settings: { log_comment: name },
    });
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let at = 0;
      for (; at + rowBytes <= bytes.length; at += rowBytes) onRow(bytes, at);
      rest = bytes.subarray(at);
    }
  } catch (error) {
    throw toStoreError(error, name);
  }
}
