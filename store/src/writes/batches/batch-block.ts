import type { BatchAnswer } from "@leeway/core/wire";
import type { SerialisedBlock } from "../groups/group-writer.ts";
import type { Column } from "../native/column.ts";
import { LowCardinalityColumn } from "../native/low-cardinality-column.ts";
import { nativeBlock } from "../native/native-block.ts";
import { uint32Column } from "../native/number-column.ts";
import { StringColumn } from "../native/string-column.ts";
import { WideColumn } from "../native/wide-column.ts";

/** BatchRecord is what is remembered of a batch: its content by hash, and how it was answered. */
export interface BatchRecord {
  project: string;
  kind: string;
  batchId: string;
  contentHash: string;
  answer: BatchAnswer;
}

/** BatchBlock gathers batch records as columns of the `batches` table. */
export class BatchBlock {
  rows = 0;
  private readonly project = new LowCardinalityColumn("project");
  private readonly kind = new LowCardinalityColumn("kind");
  private readonly batchId = new StringColumn("batch_id");
  private readonly contentHash = new StringColumn("content_hash");
  private readonly accepted = uint32Column("accepted");
  private readonly duplicate = uint32Column("duplicate");
  private readonly rejected = new StringColumn("rejected");
  private readonly receivedAt = new WideColumn("received_at", "DateTime64(3, 'UTC')");
  private readonly columns: readonly Column[] = [
    ...[this.project, this.kind, this.batchId, this.contentHash],
    ...[this.accepted, this.duplicate, this.rejected],
  ];

  append({ project, kind, batchId, contentHash, answer }: BatchRecord): void {
    this.project.push(project);
    this.kind.push(kind);
    this.batchId.push(batchId);
    this.contentHash.push(contentHash);
    this.accepted.push(answer.accepted);
    this.duplicate.push(answer.duplicate);
    this.rejected.push(JSON.stringify(answer.rejected));
    this.rows++;
  }

  /** serialise returns the block in Native format, every row received at `receivedAt`. */
  serialise(receivedAt: number): SerialisedBlock {
    this.receivedAt.fill(receivedAt, this.rows);
    const columns = [...this.columns, this.receivedAt];
    return {
      columns: columns.map((column) => column.name),
      body: nativeBlock(columns, this.rows),
      rows: this.rows,
    };
  }

  clear(): void {
    this.rows = 0;
    for (const column of this.columns) column.clear();
  }

  size(): number {
    return this.columns.reduce((sum, column) => sum + column.size(), 0);
  }
}
