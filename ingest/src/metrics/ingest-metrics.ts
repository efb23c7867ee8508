import type { BatchAnswer } from "@leeway/core/wire";
import type { EventWritersOptions } from "@leeway/store";
import { Counter, Histogram, type Registry } from "prom-client";

type InsertReport = Parameters<NonNullable<EventWritersOptions["onInsert"]>>[0];

/** IngestMetrics are the events worth counting, by name. */
export interface IngestMetrics {
  answered(kind: string, answer: BatchAnswer): void;
  inserted(report: InsertReport): void;
  /** A request is over; `route` is the route's pattern, so that the number of series stays bounded. */
  served(route: string, status: number, ms: number): void;
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** createIngestMetrics returns what counts the service's own events into a registry. */
export function createIngestMetrics(registry: Registry): IngestMetrics {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `leeway_ingest_${name}`, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Histogram({ name: `leeway_ingest_${name}`, help, labelNames, buckets: BUCKETS, registers });

  const events = counter("events_total", "Events by what became of them", ["kind", "outcome"]);
  const inserts = counter("inserts_total", "Inserts into the store", ["table", "outcome"]);
  const rowsInserted = counter("inserted_rows_total", "Rows stored", ["table"]);
  const bytesInserted = counter("inserted_bytes_total", "Bytes sent to the store", ["table"]);
  const insertSeconds = histogram("insert_seconds", "Time of an insert", ["table"]);
  const requests = counter("requests_total", "Requests answered", ["route", "status"]);
  const requestSeconds = histogram("request_seconds", "Time of a request", ["route"]);

  return {
    answered(kind, { accepted, duplicate, rejected }) {
      events.inc({ kind, outcome: "accepted" }, accepted);
      events.inc({ kind, outcome: "duplicate" }, duplicate);
      for (const { code } of rejected) events.inc({ kind, outcome: code });
    },
    inserted({ table, rows, bytes, ms, error }) {
      inserts.inc({ table, outcome: error === undefined ? "stored" : "failed" });
      if (error !== undefined) return;
      rowsInserted.inc({ table }, rows);
      bytesInserted.inc({ table }, bytes);
      insertSeconds.observe({ table }, ms / 1_000);
    },
    served(route, status, ms) {
      requests.inc({ route, status: String(status) });
      requestSeconds.observe({ route }, ms / 1_000);
    },
  };
}
