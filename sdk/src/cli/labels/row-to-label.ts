import type { WireLabel } from "../../events/wire-event.ts";
import { toClass, toEpochMs, toNumber } from "../table/cell-values.ts";
import type { TableRow } from "../table/table.ts";
import type { LabelColumns } from "./import-options.ts";

/** LabelOutcome is a row as a label, or why it isn't one. */
export type LabelOutcome =
  | { readonly kind: "label"; readonly label: WireLabel }
  | { readonly kind: "skipped"; readonly reason: "no id" | "no label" | "no time" };

/** rowToLabel reads a row as a label. An empty label means that the truth isn't known yet: the row is passed over. */
export function rowToLabel(
  row: TableRow,
  columns: LabelColumns,
  model: string,
  fallbackTimeMs: number,
): LabelOutcome {
  const cellOf = (name: string | null) => (name === null ? null : (row.cells[name] ?? null));
  const id = cellOf(columns.id);
  if (id === null) return { kind: "skipped", reason: "no id" };
  const label = toClass(cellOf(columns.label));
  const value = toNumber(cellOf(columns.value));
  if (label === null && value === null) return { kind: "skipped", reason: "no label" };
  const timestamp = columns.time === null ? fallbackTimeMs : toEpochMs(cellOf(columns.time));
  if (timestamp === null) return { kind: "skipped", reason: "no time" };
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
