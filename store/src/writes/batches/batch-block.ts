import type { BatchAnswer } from "@leeway/core/wire";
import type { Column } from "../native/column.ts";
import { ColumnBlock } from "../native/column-block.ts";
import { LowCardinalityColumn } from "../native/low-cardinality-column.ts";
import { uint32Column } from "../native/number-column.ts";
import { StringColumn } from "../native/string-column.ts";

/** BatchRecord is what is remembered of a batch: its content by hash, and how it was answered. */
export interface BatchRecord {
  project: string;
  kind: string;
  batchId: string;
  contentHash: string;
  answer: BatchAnswer;
}

/** BatchBlock gathers batch records as columns of the `batches` table. */
export class BatchBlock extends ColumnBlock {
  private readonly project = new LowCardinalityColumn("project");
  private readonly kind = new LowCardinalityColumn("kind");
  private readonly batchId = new StringColumn("batch_id");
  private readonly contentHash = new StringColumn("content_hash");
  private readonly accepted = uint32Column("accepted");
  private readonly duplicate = uint32Column("duplicate");
  private readonly rejected = new StringColumn("rejected");
  protected readonly always: readonly Column[] = [
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
}
