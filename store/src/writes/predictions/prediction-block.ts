import type { BatchRecord } from "../batches/batch-block.ts";
import { carriedRecord } from "../batches/carried-record.ts";
import type { FeatureSightings } from "../evidence/feature-sightings.ts";
import type { Column } from "../native/column.ts";
import { ColumnBlock } from "../native/column-block.ts";
import { LowCardinalityColumn } from "../native/low-cardinality-column.ts";
import { MapColumn } from "../native/map-column.ts";
import { arrayValues, float64Values, textValues } from "../native/map-values.ts";
import { NullableNumberColumn } from "../native/nullable-number-column.ts";
import { float32Column } from "../native/number-column.ts";
import { RareTextColumn } from "../native/rare-text-column.ts";
import { StringColumn } from "../native/string-column.ts";
import { WideColumn } from "../native/wide-column.ts";
import { FeatureColumns, type FeatureProblem } from "./feature-columns.ts";
import { createMemberNames } from "./member-names.ts";
import { PayloadHash } from "./payload-hash.ts";
import type { PredictionEvent } from "./prediction-event.ts";
import { type HashedSlot, NO_SLOT } from "./prediction-shape.ts";
import type { Scope } from "./scope.ts";
import { type ShapedPrediction, type ShapedPredictions, SLOT_TAGS } from "./shaped-predictions.ts";

/** PredictionBlock gathers predictions as columns of the `predictions` table; the last one appended can be taken back. */
export class PredictionBlock extends ColumnBlock {
  readonly hash = new PayloadHash();
  private readonly project = new LowCardinalityColumn("project");
  private readonly model = new LowCardinalityColumn("model");
  private readonly version = new LowCardinalityColumn("version");
  private readonly environment = new LowCardinalityColumn("environment");
  private readonly id = new StringColumn("id");
  private readonly timestamp = new WideColumn("timestamp", "DateTime64(3, 'UTC')");
  private readonly payloadHash = new WideColumn("payload_hash", "UInt64");
  private readonly weight = float32Column("weight");
  private readonly features: FeatureColumns;
  private readonly label = new StringColumn("predicted_label", { nullable: true });
  private readonly score = new NullableNumberColumn("score");
  private readonly scores = new MapColumn("scores", float64Values());
  private readonly value = new NullableNumberColumn("predicted_value");
  private readonly latency = new NullableNumberColumn("latency_ms");
  private readonly error = new StringColumn("error");
  private readonly tagTexts = textValues();
  private readonly tags = new MapColumn("tags", this.tagTexts);
  private readonly embeddings = new MapColumn("embeddings", arrayValues());
  private readonly batchId = new RareTextColumn("batch_id");
  private readonly batchRecord = new RareTextColumn("batch_record");
  private readonly memberOf = createMemberNames();
  protected readonly always: readonly Column[];
  protected override readonly optional: readonly (Column & { hasValues(): boolean })[];

  constructor(sightings: FeatureSightings) {
    super();
    this.features = new FeatureColumns(sightings);
    this.always = [
      this.project,
      this.model,
      this.version,
      this.environment,
      this.id,
      this.timestamp,
      this.payloadHash,
      this.weight,
    ];
    const { numbers, strings, booleans, nulls } = this.features;
    this.optional = [
      ...[numbers, strings, booleans, nulls, this.label, this.score, this.scores, this.value],
      ...[this.latency, this.error, this.tags, this.embeddings],
      ...[this.batchId, this.batchRecord],
    ];
  }

  /** append adds a prediction and leaves its payload's hash in `hash`, or returns why it can't be stored; nothing of it then stays. */
  append(scope: Scope, event: PredictionEvent, timestamp: number): FeatureProblem | undefined {
    const { hash } = this;
    hash.begin();
    const problem = this.features.append(event.features, hash, scope, timestamp);
    if (problem !== undefined) {
      this.rewind();
      return problem;
    }
    this.project.push(scope.project);
    this.model.push(scope.model);
    this.version.push(scope.version);
    const environment = event.environment ?? "production";
    this.environment.push(environment);
    this.id.push(event.id);
    this.timestamp.pushNumber(timestamp);
    this.weight.push(event.weight ?? 1);
    this.appendMember("timestamp", timestamp);
    this.appendMember("environment", environment);
    this.appendMember("weight", event.weight);
    const { prediction } = event;
    const label = prediction.label === undefined ? undefined : String(prediction.label);
    if (label === undefined) this.label.pushNull();
    else this.label.push(label);
    this.appendMember("prediction.label", label);
    this.score.push(prediction.score);
    this.appendMember("prediction.score", prediction.score);
    this.value.push(prediction.value);
    this.appendMember("prediction.value", prediction.value);
    this.latency.push(event.latency_ms);
    this.appendMember("latency_ms", event.latency_ms);
    this.error.push(event.error ?? "");
    this.appendMember("error", event.error);
    this.appendMaps(event);
    this.payloadHash.push(hash.low, hash.high);
    this.rows++;
    return undefined;
  }

  /** appendShaped adds a prediction that is known to be storable; it leaves what `append` of the parsed event would leave. */
  appendShaped(scope: Scope, { all, row }: ShapedPrediction): undefined {
    const { hash } = this;
    const { shape, numbers, tags, bytes } = all;
    const { parts } = shape;
    const base = row * parts.slots;
    const timestamp = numbers[base + parts.timestamp] as number;
    hash.begin();
    this.features.appendShaped(all, row, hash, scope, timestamp);
    this.project.push(scope.project);
    this.model.push(scope.model);
    this.version.push(scope.version);
    this.environment.push(parts.environment);
    this.id.pushBytes(bytes, numbers[base + parts.id] as number, tags[base + parts.id] as number);
    this.timestamp.pushNumber(timestamp);
    this.appendMember("timestamp", timestamp);
    this.appendMember("environment", parts.environment);
    const weight = numberAt(numbers, base, parts.weight);
    this.weight.push(weight ?? 1);
    this.appendMember("weight", weight);
    this.appendShapedLabel(all, parts.label === NO_SLOT ? NO_SLOT : base + parts.label);
    const score = numberAt(numbers, base, parts.score);
    this.score.push(score);
    this.appendMember("prediction.score", score);
    const value = numberAt(numbers, base, parts.value);
    this.value.push(value);
    this.appendMember("prediction.value", value);
    const latency = numberAt(numbers, base, parts.latency);
    this.latency.push(latency);
    this.appendMember("latency_ms", latency);
    if (parts.error === NO_SLOT) this.error.push("");
    else {
      this.error.pushBytes(bytes, numbers[base + parts.error] as number, tags[base + parts.error] as number);
      this.hashText("error", all, base + parts.error);
    }
    this.appendShapedMaps(all, base);
    this.payloadHash.push(hash.low, hash.high);
    this.rows++;
  }

  /** carry lets the record of a batch ride on the row appended last. */
  carry(record: BatchRecord): void {
    this.batchId.set(this.rows - 1, record.batchId);
    this.batchRecord.set(this.rows - 1, carriedRecord(record));
  }

  override clear(): void {
    super.clear();
    this.features.clear();
  }

  private appendMember(name: string, value: number | string | undefined): void {
    if (value === undefined) return;
    const member = this.memberOf(name);
    if (typeof value === "number") this.hash.memberNumber(member.hashLow, member.hashHigh, value);
    else this.hash.memberText(member.hashLow, member.hashHigh, value);
  }

  private hashText(name: string, { bytes, numbers, tags }: ShapedPredictions, slot: number): void {
    const { hashLow, hashHigh } = this.memberOf(name);
    this.hash.memberBytes(hashLow, hashHigh, bytes, numbers[slot] as number, tags[slot] as number);
  }

  private appendShapedLabel(all: ShapedPredictions, slot: number): void {
    if (slot === NO_SLOT) {
      this.label.pushNull();
      return;
    }
    const tag = all.tags[slot] as number;
    const value = all.numbers[slot] as number;
    if (tag >= 0) {
      this.label.pushBytes(all.bytes, value, tag);
      this.hashText("prediction.label", all, slot);
      return;
    }
    const label = tag === SLOT_TAGS.number ? String(value) : tag === SLOT_TAGS.true ? "true" : "false";
    this.label.push(label);
    this.appendMember("prediction.label", label);
  }

  private appendShapedMaps({ shape, bytes, numbers, tags }: ShapedPredictions, base: number): void {
    for (let at = 0; at < shape.scores.length; at++) {
      const { name, slot, member } = shape.scores[at] as HashedSlot;
      const score = numbers[base + slot] as number;
      this.scores.put(this.scores.keys.indexOf(name), score);
      this.hash.memberNumber(member.hashLow, member.hashHigh, score);
    }
    this.scores.endRow();
    for (let at = 0; at < shape.tags.length; at++) {
      const { name, slot, member } = shape.tags[at] as HashedSlot;
      const start = numbers[base + slot] as number;
      const size = tags[base + slot] as number;
      this.tags.putKey(this.tags.keys.indexOf(name));
      this.tagTexts.pushBytes(bytes, start, size);
      this.hash.memberBytes(member.hashLow, member.hashHigh, bytes, start, size);
    }
    this.tags.endRow();
    this.embeddings.endRow();
  }

  private appendMaps(event: PredictionEvent): void {
    const { scores } = event.prediction;
    for (const key in scores) {
      this.scores.put(this.scores.keys.indexOf(key), scores[key] as number);
      this.appendMember(`prediction.scores.${key}`, scores[key]);
    }
    this.scores.endRow();
    const { tags, embeddings } = event;
    for (const key in tags) {
      this.tags.put(this.tags.keys.indexOf(key), tags[key] as string);
      this.appendMember(`tags.${key}`, tags[key]);
    }
    this.tags.endRow();
    for (const key in embeddings) {
      const vector = embeddings[key] as readonly number[];
      this.embeddings.put(this.embeddings.keys.indexOf(key), vector);
      const member = this.memberOf(`embeddings.${key}`);
      this.hash.memberList(member.hashLow, member.hashHigh, vector);
    }
    this.embeddings.endRow();
  }
}

function numberAt(numbers: Float64Array, base: number, slot: number): number | undefined {
  return slot === NO_SLOT ? undefined : (numbers[base + slot] as number);
}
