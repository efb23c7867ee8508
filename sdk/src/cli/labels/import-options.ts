import type { Table } from "../table/table.ts";

/** LabelColumns name the columns of a file of labels. */
export interface LabelColumns {
  readonly id: string;
  /** label is the column of class names, value that of numbers: one of them at least. */
  readonly label: string | null;
  readonly value: string | null;
  /** time is when the truth became known; without it the file's own time is used for all. */
  readonly time: string | null;
}

/** LabelColumnNames are the columns a person named; the rest is guessed. */
export interface LabelColumnNames {
  readonly id?: string | undefined;
  readonly label?: string | undefined;
  readonly value?: string | undefined;
  readonly time?: string | undefined;
}

const GUESSES = {
  id: ["prediction_id", "predictionId", "id"],
  label: ["label", "truth", "actual", "class"],
  value: ["value", "target"],
  time: ["timestamp", "time", "labelled_at", "label_time"],
} as const;

/** ColumnsOutcome is the columns to read, or what is wrong in words. */
export type ColumnsOutcome =
  | { readonly kind: "found"; readonly columns: LabelColumns }
  | { readonly kind: "missing"; readonly message: string };

/** findLabelColumns decides which columns of a table to read: those named, else the usual names. */
export function findLabelColumns(table: Pick<Table, "columns">, named: LabelColumnNames): ColumnsOutcome {
  const has = (name: string): boolean => table.columns.includes(name);
  for (const [role, name] of Object.entries(named)) {
    if (name !== undefined && !has(name)) {
      return missing(`no column "${name}" for --${role}-column; there are: ${table.columns.join(", ")}`);
    }
  }
  const guess = (role: keyof typeof GUESSES): string | null => named[role] ?? GUESSES[role].find(has) ?? null;
  const id = guess("id");
  if (id === null)
    return missing(`which column is the prediction id? --id-column; there are: ${table.columns.join(", ")}`);
  const label = named.value === undefined || named.label !== undefined ? guess("label") : null;
  const value = named.label === undefined || named.value !== undefined ? guess("value") : null;
  if (label === null && value === null) {
    return missing(`which column is the label? --label-column (a class) or --value-column (a number)`);
  }
  return { kind: "found", columns: { id, label, value, time: guess("time") } };
}

function missing(message: string): ColumnsOutcome {
  return { kind: "missing", message };
}
