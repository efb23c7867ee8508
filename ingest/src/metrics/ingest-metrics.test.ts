import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { registerIngestGauges } from "./ingest-gauges.ts";
import { createIngestMetrics } from "./ingest-metrics.ts";

const LEVELS = {
  ...{ pendingBytes: () => 7, isStoreOpen: () => true, keyCounts: () => ({ predictions: 3, labels: 2 }) },
  ...{ othersReadUntil: () => 1_500, residentBytes: () => 1_024 },
};

function createMetrics() {
  const registry = new Registry();
  const metrics = createIngestMetrics(registry);
  registerIngestGauges(registry, LEVELS);
  const rejected = [{ index: 0, code: "invalid_event", message: 'a "b"' }] as const;
  metrics.answered("predictions", { accepted: 2, duplicate: 1, rejected: [...rejected] });
  metrics.inserted({ table: "predictions", rows: 2, bytes: 80, ms: 30 });
  metrics.served('/v1/a"b\\c\n', 200, 30);
  return { registry, metrics };
}

describe("the metrics of ingest", () => {
  it("keep their names, types and labels, on which dashboards and alerts of others depend", async () => {
    const { registry } = createMetrics();
    const found = (await registry.getMetricsAsJSON()).map(({ name, type, values }) => {
      const labels = new Set(values.flatMap((value) => Object.keys(value.labels)));
      return [name, type, [...labels].filter((label) => label !== "le").sort()];
    });
    expect(found).toEqual([
      ["leeway_ingest_events_total", "counter", ["kind", "outcome"]],
      ["leeway_ingest_inserts_total", "counter", ["outcome", "table"]],
      ["leeway_ingest_inserted_rows_total", "counter", ["table"]],
      ["leeway_ingest_inserted_bytes_total", "counter", ["table"]],
      ["leeway_ingest_insert_seconds", "histogram", ["table"]],
      ["leeway_ingest_requests_total", "counter", ["route", "status"]],
      ["leeway_ingest_request_seconds", "histogram", ["route"]],
      ["leeway_ingest_pending_bytes", "gauge", []],
      ["leeway_ingest_store_open", "gauge", []],
      ["leeway_ingest_indexed_keys", "gauge", ["table"]],
      ["leeway_ingest_replicas_read_until_seconds", "gauge", []],
      ["process_resident_memory_bytes", "gauge", []],
    ]);
  });

  it("are written in Prometheus' text format, with escaped labels, cumulative buckets and levels of now", async () => {
    const text = await createMetrics().registry.metrics();
    const route = 'route="/v1/a\\"b\\\\c\\n"';
    for (const line of [
      'leeway_ingest_events_total{kind="predictions",outcome="accepted"} 2',
      'leeway_ingest_events_total{kind="predictions",outcome="duplicate"} 1',
      'leeway_ingest_events_total{kind="predictions",outcome="invalid_event"} 1',
      'leeway_ingest_inserted_rows_total{table="predictions"} 2',
      'leeway_ingest_insert_seconds_sum{table="predictions"} 0.03',
      `leeway_ingest_request_seconds_bucket{le="0.025",${route}} 0`,
      `leeway_ingest_request_seconds_bucket{le="0.05",${route}} 1`,
      `leeway_ingest_request_seconds_bucket{le="+Inf",${route}} 1`,
      `leeway_ingest_request_seconds_count{${route}} 1`,
      "# TYPE leeway_ingest_pending_bytes gauge",
      "leeway_ingest_pending_bytes 7",
      'leeway_ingest_indexed_keys{table="labels"} 2',
      "leeway_ingest_replicas_read_until_seconds 1.5",
    ])
      expect(text.split("\n")).toContain(line);
  });

  it("count an insert that failed, and no rows of it", async () => {
    const { registry, metrics } = createMetrics();
    metrics.inserted({ table: "labels", rows: 5, bytes: 80, ms: 30, error: new Error("away") });
    const text = await registry.metrics();
    expect(text).toContain('leeway_ingest_inserts_total{table="labels",outcome="failed"} 1');
    expect(text).not.toContain('inserted_rows_total{table="labels"}');
  });
});
