import { hasInvalidText } from "@leeway/core/csv";
import type { WireLabel } from "../../events/wire-event.ts";
import { isMissing, toClass, toEpochMs, toNumber } from "../table/cell-values.ts";
import type { Cell, TableRow } from "../table/table.ts";
import type { LabelColumns } from "./import-options.ts";

/** SKIP_REASONS are why a row is passed over. */
export const SKIP_REASONS = {
  no_id: "no prediction id",
  no_label: "no label: the value is missing",
  no_number: "the value is no number",
  no_time: "no time: expected RFC 3339 or epoch milliseconds",
  no_text: "the label holds bytes that are no UTF-8 text",
} as const;

/** LabelOutcome is a row as a label, or why it isn't one. */
export type LabelOutcome =
  | { readonly kind: "label"; readonly label: WireLabel }
  | { readonly kind: "skipped"; readonly reason: keyof typeof SKIP_REASONS };

/** rowToLabel reads a row as a label. A missing label means that the truth isn't known yet: the row is passed over. */
export function rowToLabel(
  row: TableRow,
  columns: LabelColumns,
  model: string,
  fallbackTimeMs: number,
): LabelOutcome {
  const cellOf = (name: string | null): Cell => (name === null ? null : (row.cells[name] ?? null));
  const id = cellOf(columns.id);
  if (isMissing(id)) return { kind: "skipped", reason: "no_id" };
  const label = toClass(cellOf(columns.label));
  const value = toNumber(cellOf(columns.value));
  if (typeof label === "string" && hasInvalidText(label)) return { kind: "skipped", reason: "no_text" };
  if (value === null && !isMissing(cellOf(columns.value))) return { kind: "skipped", reason: "no_number" };
  if (label === null && value === null) return { kind: "skipped", reason: "no_label" };
  const timestamp = columns.time === null ? fallbackTimeMs : toEpochMs(cellOf(columns.time));
  if (timestamp === null) return { kind: "skipped", reason: "no_time" };
  return {
    kind: "label",
    label: {
      prediction_id: String(id),
      model,
      timestamp,
      ...(label === null ? {} : { label }),
      ...(value === null ? {} : { value }),
    },
  };
}
