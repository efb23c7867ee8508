import type { BatchAnswer } from "@leeway/core/wire";
import type { EventWritersOptions } from "@leeway/store";
import type { MetricsRegistry } from "./registry.ts";

type InsertReport = Parameters<NonNullable<EventWritersOptions["onInsert"]>>[0];

/** IngestMetrics are the events worth counting, by name. */
export interface IngestMetrics {
  answered(kind: string, answer: BatchAnswer): void;
  inserted(report: InsertReport): void;
  /** A request is over; `route` is the route's pattern, so that the number of series stays bounded. */
  served(route: string, status: number, ms: number): void;
}

/** createIngestMetrics returns the service's own metrics over a registry. */
export function createIngestMetrics(registry: MetricsRegistry): IngestMetrics {
  return {
    answered(kind, { accepted, duplicate, rejected }) {
      const help = "Events by what became of them";
      const count = (outcome: string, amount: number) =>
        registry.count("leeway_ingest_events_total", help, { kind, outcome }, amount);
      count("accepted", accepted);
      count("duplicate", duplicate);
      for (const { code } of rejected) count(code, 1);
    },
    inserted({ table, rows, bytes, ms, error }) {
      const outcome = error === undefined ? "stored" : "failed";
      registry.count("leeway_ingest_inserts_total", "Inserts into the store", { table, outcome });
      if (error !== undefined) return;
      registry.count("leeway_ingest_inserted_rows_total", "Rows stored", { table }, rows);
      registry.count("leeway_ingest_inserted_bytes_total", "Bytes sent to the store", { table }, bytes);
      registry.observe("leeway_ingest_insert_seconds", "Time of an insert", { table }, ms / 1_000);
    },
    served(route, status, ms) {
      const labels = { route, status: String(status) };
      registry.count("leeway_ingest_requests_total", "Requests answered", labels);
      registry.observe("leeway_ingest_request_seconds", "Time of a request", { route }, ms / 1_000);
    },
  };
}
