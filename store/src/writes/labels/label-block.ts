import { murmurHash3 } from "../keys/murmur-hash.ts";
import { xxHash } from "../keys/xx-hash.ts";
import type { Column } from "../native/column.ts";
import { ColumnBlock } from "../native/column-block.ts";
import { LowCardinalityColumn } from "../native/low-cardinality-column.ts";
import { NullableNumberColumn } from "../native/nullable-number-column.ts";
import { StringColumn } from "../native/string-column.ts";
import { WideColumn } from "../native/wide-column.ts";
import type { EventKey } from "../writers/batch-writer.ts";
import type { LabelEvent } from "./label-event.ts";

/** LabelBlock gathers labels as columns of the `labels` table; the last one appended can be taken back. */
export class LabelBlock extends ColumnBlock {
  private readonly project = new LowCardinalityColumn("project");
  private readonly model = new LowCardinalityColumn("model");
  private readonly predictionId = new StringColumn("prediction_id");
  private readonly timestamp = new WideColumn("timestamp", "DateTime64(3, 'UTC')");
  private readonly payloadHash = new WideColumn("payload_hash", "UInt64");
  private readonly label = new StringColumn("label", { nullable: true });
  private readonly value = new NullableNumberColumn("value");
  protected readonly always: readonly Column[] = [
    this.project,
    this.model,
    this.predictionId,
    this.timestamp,
    this.payloadHash,
    this.label,
    this.value,
  ];

  /** append adds a label and sets the key it is known by: what it says, of which prediction, since when. */
  append(event: LabelEvent, key: EventKey): void {
    const { project, model } = event;
    this.project.push(project);
    this.model.push(model);
    this.predictionId.push(event.predictionId);
    this.timestamp.pushNumber(event.timestamp);
    if (event.label === undefined) this.label.pushNull();
    else this.label.push(event.label);
    this.value.push(event.value);
    const payload = `${event.timestamp}\u0000${event.label ?? "\u0001"}\u0000${event.value ?? "\u0001"}`;
    const payloadLow = murmurHash3(payload);
    const payloadHigh = xxHash(payload);
    this.payloadHash.push(payloadLow, payloadHigh);
    const scope = `${project}\u0000${model}`;
    key.low = murmurHash3(scope) ^ murmurHash3(event.predictionId) ^ payloadLow;
    key.high = xxHash(scope) ^ xxHash(event.predictionId) ^ payloadHigh;
    // A label is its own payload: the same again is a repeat, another one is a correction, and neither is a conflict.
    key.payloadLow = 0;
    key.payloadHigh = 0;
    this.rows++;
  }
}
