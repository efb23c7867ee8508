import { Gauge, type Registry } from "prom-client";

/** IngestLevels are what the service reads of itself when its metrics are asked for. */
export interface IngestLevels {
  /** Bytes of requests and unstored rows. */
  pendingBytes(): number;
  isStoreOpen(): boolean;
  /** Keys in the index, by table. */
  keyCounts(): Readonly<Record<string, number>>;
  /** Up to when this replica knows what others stored, epoch ms; 0 where it never asked. */
  othersReadUntil(): number;
  residentBytes(): number;
}

/** registerIngestGauges adds the levels to a registry, which reads them anew for every scrape. */
export function registerIngestGauges(registry: Registry, levels: IngestLevels): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      ...{ name, help, registers: [registry] },
      collect() {
        this.set(read());
      },
    });
  gauge("leeway_ingest_pending_bytes", "Bytes of requests and unstored rows", levels.pendingBytes);
  gauge("leeway_ingest_store_open", "1 while the store answers", () => (levels.isStoreOpen() ? 1 : 0));
  new Gauge({
    ...{ name: "leeway_ingest_indexed_keys", help: "Keys in the index", labelNames: ["table"] },
    registers: [registry],
    collect() {
      for (const [table, keys] of Object.entries(levels.keyCounts())) this.set({ table }, keys);
    },
  });
  gauge(
    "leeway_ingest_replicas_read_until_seconds",
    "Up to when this replica knows what others stored",
    () => levels.othersReadUntil() / 1_000,
  );
  gauge("process_resident_memory_bytes", "Resident memory", levels.residentBytes);
}
