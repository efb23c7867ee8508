import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { findLeewayError } from "@leeway/core/errors";
import { createApiClient } from "../api-client.ts";
import { API_OPTIONS, readApiSettings } from "../api-options.ts";
import { type Command, EXIT } from "../cli-context.ts";
import { describeError } from "../describe-error.ts";
import { hashFile, hashText } from "../hash-file.ts";
import { createProgressLine, formatCount } from "../progress-line.ts";
import { openTable } from "../table/open-table.ts";
import { TABLE_START } from "../table/table.ts";
import { importLabels } from "./import-labels.ts";
import { findLabelColumns } from "./import-options.ts";
import {
  forgetProgress,
  type ImportProgress,
  readProgress,
  startProgress,
  writeProgress,
} from "./import-state.ts";

/** LABELS_USAGE tells how to import labels. */
export const LABELS_USAGE = `leeway labels import FILE.csv|.csv.gz|.parquet --model MODEL
  --id-column NAME     prediction ids (default prediction_id, id)
  --label-column NAME  class labels (default label, truth, actual, class)
  --value-column NAME  numbers, for regression (default value, target)
  --time-column NAME   when the truth became known (default timestamp, time); without one, the file's own time
  --batch-size N       rows in a request (default 2000)
  --restart            forget how far an earlier run came (labels sent before are still counted once)
  --url URL --api-key KEY   or LEEWAY_URL, LEEWAY_API_KEY
An interrupted import goes on where it stopped: the state is kept in FILE.leeway-import.json.
Exits with 0 when labels were taken or known, 1 when none was or the file cannot be read, 2 for a mistake in the arguments, 3 when the server gave no answer.`;

const CONCURRENCY = 4;
/** Reasons that are reported one by one. */
const MOST_REASONS = 20;

/** runLabelsCommand imports a file of labels, showing progress; a second run of the same file finds nothing left to do. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one run, from its arguments to its exit code
export const runLabelsCommand: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...API_OPTIONS,
      model: { type: "string" },
      "id-column": { type: "string" },
      "label-column": { type: "string" },
      "value-column": { type: "string" },
      "time-column": { type: "string" },
      "batch-size": { type: "string", default: "2000" },
      restart: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [verb, path] = positionals;
  const { model } = values;
  const batchSize = Number(values["batch-size"]);
  if (values.help || verb !== "import" || path === undefined || model === undefined || !(batchSize >= 1)) {
    context.print(LABELS_USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  const settings = readApiSettings(values, context);
  if (settings === null) return EXIT.usage;

  const table = await openTable(path);
  const found = findLabelColumns(table, {
    id: values["id-column"],
    label: values["label-column"],
    value: values["value-column"],
    time: values["time-column"],
  });
  if (found.kind === "missing") {
    context.note(found.message);
    return EXIT.usage;
  }
  const { columns } = found;
  const fallbackTimeMs = Math.trunc((await stat(path)).mtimeMs);
  const reading = {
    model,
    columns,
    batchSize,
    fallbackTimeMs: columns.time === null ? fallbackTimeMs : null,
  };
  const key = hashText(JSON.stringify([await hashFile(path), reading]));

  const statePath = `${path}.leeway-import.json`;
  if (values.restart) await forgetProgress(statePath);
  const progress = (await readProgress(statePath, key)) ?? startProgress(key, TABLE_START);
  if (progress.isDone) {
    context.note(`${path} has been imported already: ${describe(progress)}`);
    return EXIT.ok;
  }
  if (progress.rows > 0) context.note(`going on after ${formatCount(progress.rows)} rows`);

  const line = createProgressLine(context);
  const startedAt = context.runtime.monotonicMs();
  const rowsBefore = progress.rows;
  const show = (): string => {
    const share = table.size === null ? "" : ` ${((100 * progress.position) / table.size).toFixed(1)} %`;
    const seconds = Math.max(0.001, (context.runtime.monotonicMs() - startedAt) / 1_000);
    return `labels:${share} ${describe(progress)}, ${formatCount((progress.rows - rowsBefore) / seconds)} rows/s`;
  };
  const lost = new Map<string, { count: number; first: number }>();
  const api = createApiClient(settings, context.runtime, (reason) => line.update(() => `waiting: ${reason}`));
  try {
    await importLabels(
      table,
      progress,
      { model, columns, batchSize, concurrency: CONCURRENCY, fallbackTimeMs },
      {
        api,
        async save(saved) {
          await writeProgress(statePath, saved);
          line.update(show);
        },
        onLost(reason, rowNumber) {
          const known = lost.get(reason);
          if (known !== undefined) known.count++;
          else if (lost.size < MOST_REASONS) lost.set(reason, { count: 1, first: rowNumber });
        },
      },
    );
  } catch (error) {
    line.finish(`stopped after ${formatCount(progress.rows)} rows: ${describeError(error)}`);
    if (isDefectOfFile(error)) return EXIT.alarm;
    context.note("run the same command again to go on");
    return EXIT.failed;
  }
  line.finish(show());
  for (const [reason, { count, first }] of lost)
    context.note(`${formatCount(count)} ${reason} (first in row ${formatCount(first)})`);
  if (progress.accepted + progress.duplicate > 0) return EXIT.ok;
  // Who mends the file or the server and asks again must not read that it was imported.
  await forgetProgress(statePath);
  context.note(`nothing was taken of ${path}`);
  return EXIT.alarm;
};

/** isDefectOfFile says whether the file itself is to blame: trying again would end the same. */
function isDefectOfFile(error: unknown): boolean {
  return findLeewayError(error)?.code === "invalid_request";
}

function describe(progress: ImportProgress): string {
  const counts = [
    `${formatCount(progress.rows)} rows`,
    `${formatCount(progress.accepted)} accepted`,
    `${formatCount(progress.duplicate)} known`,
  ];
  if (progress.rejected > 0) counts.push(`${formatCount(progress.rejected)} rejected`);
  if (progress.skipped > 0) counts.push(`${formatCount(progress.skipped)} without id, label or time`);
  return counts.join(", ");
}
