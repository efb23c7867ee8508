import type { TelemetrySample } from "@leeway/core/wire";
import { murmurHash3 } from "../keys/murmur-hash.ts";
import { xxHash } from "../keys/xx-hash.ts";
import type { Column } from "../native/column.ts";
import { ColumnBlock } from "../native/column-block.ts";
import { LowCardinalityColumn } from "../native/low-cardinality-column.ts";
import { MapColumn } from "../native/map-column.ts";
import { textValues } from "../native/map-values.ts";
import { NullableNumberColumn } from "../native/nullable-number-column.ts";
import { NumberListColumn } from "../native/number-list-column.ts";
import { WideColumn } from "../native/wide-column.ts";
import type { EventKey } from "../writers/batch-writer.ts";
import type { TelemetryEvent } from "./telemetry-event.ts";

/** TelemetryBlock gathers samples as columns of the `telemetry` table; the last one appended can be taken back. */
export class TelemetryBlock extends ColumnBlock {
  private readonly texts = {
    project: new LowCardinalityColumn("project"),
    metric: new LowCardinalityColumn("metric"),
    model: new LowCardinalityColumn("model"),
    version: new LowCardinalityColumn("version"),
    replica: new LowCardinalityColumn("replica"),
    kind: new LowCardinalityColumn("kind"),
    unit: new LowCardinalityColumn("unit"),
  };
  private readonly timestamp = new WideColumn("timestamp", "DateTime64(3, 'UTC')");
  private readonly payloadHash = new WideColumn("payload_hash", "UInt64");
  private readonly value = new NullableNumberColumn("value");
  private readonly sum = new NullableNumberColumn("sum");
  private readonly count = new NullableNumberColumn("count");
  private readonly edges = new NumberListColumn("bucket_edges");
  private readonly counts = new NumberListColumn("bucket_counts");
  private readonly attributes = new MapColumn("attributes", textValues());
  protected readonly always: readonly Column[] = [
    ...Object.values(this.texts),
    ...[this.timestamp, this.payloadHash, this.value, this.sum, this.count],
    ...[this.edges, this.counts, this.attributes],
  ];

  /** append adds a sample and sets the key it is known by: where it comes from, what it measures, when, and what it says. */
  append({ project, sample }: TelemetryEvent, key: EventKey): void {
    const { texts } = this;
    texts.project.push(project);
    texts.metric.push(sample.metric);
    texts.model.push(sample.model ?? "");
    texts.version.push(sample.version ?? "");
    texts.replica.push(sample.replica);
    texts.kind.push(sample.kind);
    texts.unit.push(sample.unit);
    this.timestamp.pushNumber(sample.timestamp);
    this.value.push(sample.value);
    this.sum.push(sample.sum);
    this.count.push(sample.count);
    // The wire's buckets are cumulative (`le`), the last one open; +Inf has no JSON number.
    for (const { le, count } of sample.buckets ?? []) {
      this.edges.put(le === "+Inf" ? Number.POSITIVE_INFINITY : le);
      this.counts.put(count);
    }
    this.edges.endRow();
    this.counts.endRow();
    for (const [name, value] of Object.entries(sample.attributes ?? {})) {
      this.attributes.put(this.attributes.keys.indexOf(name), value);
    }
    this.attributes.endRow();
    const identity = identityOf(project, sample);
    key.low = murmurHash3(identity);
    key.high = xxHash(identity);
    key.payloadLow = 0;
    key.payloadHigh = 0;
    this.payloadHash.push(key.low, key.high);
    this.rows++;
  }
}

function identityOf(project: string, sample: TelemetrySample): string {
  const attributes = Object.entries(sample.attributes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const { metric, model, version, replica, timestamp, kind, unit, value, sum, count, buckets } = sample;
  return JSON.stringify([
    ...[project, metric, model ?? "", version ?? "", replica, timestamp, kind, unit],
    ...[value ?? null, sum ?? null, count ?? null, buckets ?? null, attributes],
  ]);
}
