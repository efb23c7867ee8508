import type { WireLabel } from "../../events/wire-event.ts";
import type { ApiClient } from "../api-client.ts";
import type { Table } from "../table/table.ts";
import type { LabelColumns } from "./import-options.ts";
import type { ImportProgress } from "./import-state.ts";
import { rowToLabel, SKIP_REASONS } from "./row-to-label.ts";

/** ImportDeps are what importing needs besides the table. */
export interface ImportDeps {
  readonly api: Pick<ApiClient, "postBatch">;
  /** save notes the progress; called in order, after each settled batch. */
  readonly save: (progress: ImportProgress) => Promise<void>;
  /** onLost learns of each row that did not become a label: passed over here, or refused by the server. */
  readonly onLost: (reason: string, rowNumber: number) => void;
}

/** ImportSettings say how a table becomes labels. */
export interface ImportSettings {
  readonly model: string;
  readonly columns: LabelColumns;
  readonly batchSize: number;
  readonly concurrency: number;
  /** fallbackTimeMs is the labels' time where the table has none. */
  readonly fallbackTimeMs: number;
}

interface PendingBatch {
  readonly end: number;
  readonly rows: number;
  readonly skipped: number;
  readonly answer: Promise<{ accepted: number; duplicate: number; rejected: number }>;
}

/**
 * importLabels sends the labels of a table from where the progress stands to its end. A batch's id follows from the import's
 * key and the batch's place, so that a batch sent again after an interruption counts once. Some batches are on their way at
 * a time; progress counts those settled without a gap.
 */
export async function importLabels(
  table: Table,
  progress: ImportProgress,
  settings: ImportSettings,
  deps: ImportDeps,
): Promise<void> {
  const pending: PendingBatch[] = [];
  let start = progress.position;
  let labels: WireLabel[] = [];
  let rowNumbers: number[] = [];
  let rows = 0;
  let skipped = 0;

  function sendBatch(end: number): void {
    const batchId = `labels-${progress.key.slice(0, 32)}-${start}`;
    pending.push({ end, rows, skipped, answer: send(batchId, labels, rowNumbers, deps) });
    // Whoever waits for its turn below sees the failure; until then it must not count as unhandled.
    pending.at(-1)?.answer.catch(() => undefined);
    start = end;
    labels = [];
    rowNumbers = [];
    rows = 0;
    skipped = 0;
  }

  async function settleOldest(): Promise<void> {
    const batch = pending.shift();
    if (batch === undefined) return;
    const answer = await batch.answer;
    progress.position = batch.end;
    progress.rows += batch.rows;
    progress.skipped += batch.skipped;
    progress.accepted += answer.accepted;
    progress.duplicate += answer.duplicate;
    progress.rejected += answer.rejected;
    await deps.save(progress);
  }

  let end = start;
  for await (const some of table.rows(progress.position)) {
    for (const row of some) {
      const outcome = rowToLabel(row, settings.columns, settings.model, settings.fallbackTimeMs);
      if (outcome.kind === "label") {
        labels.push(outcome.label);
        rowNumbers.push(row.number);
      } else {
        skipped++;
        deps.onLost(`passed over, ${SKIP_REASONS[outcome.reason]}`, row.number);
      }
      rows++;
      end = row.end;
      if (rows < settings.batchSize) continue;
      sendBatch(end);
      if (pending.length >= settings.concurrency) await settleOldest();
    }
  }
  if (rows > 0) sendBatch(end);
  while (pending.length > 0) await settleOldest();
  progress.isDone = true;
  await deps.save(progress);
}

async function send(
  batchId: string,
  labels: readonly WireLabel[],
  rowNumbers: readonly number[],
  { api, onLost }: ImportDeps,
) {
  if (labels.length === 0) return { accepted: 0, duplicate: 0, rejected: 0 };
  const outcome = await api.postBatch("/v1/labels", { batch_id: batchId, labels });
  switch (outcome.kind) {
    case "accepted":
      for (const { index, code, message } of outcome.rejected)
        onLost(`rejected, ${code}: ${message}`, rowNumbers[index] ?? 0);
      return { accepted: outcome.accepted, duplicate: outcome.duplicate, rejected: outcome.rejected.length };
    case "too_large":
      throw new Error("the server takes no batch of this size: try a smaller --batch-size");
    case "conflict":
    case "misconfigured":
    case "refused":
      throw new Error(outcome.reason);
    default:
      return outcome satisfies never;
  }
}
