import type { FeatureValue, LabelEvent, PredictionEvent } from "../../events/types.ts";
import { type FeatureKind, toClass, toEpochMs, toFeature, toNumber } from "../table/cell-values.ts";
import type { Cell, TableRow } from "../table/table.ts";
import type { ReplayMapping } from "./replay-mapping.ts";

/** ReplayedRow is one row as the events it stands for. */
export interface ReplayedRow {
  readonly at: number;
  readonly prediction: PredictionEvent;
  /** label is the truth and when it became known; null when it never does, or isn't in the file. */
  readonly label: (LabelEvent & { readonly timestamp: number }) | null;
}

/** RowReading says how rows are read. */
export interface RowReading {
  readonly mapping: ReplayMapping;
  readonly kinds: ReadonlyMap<string, FeatureKind>;
  /** labelDelayMs for every label, where no column tells. */
  readonly labelDelayMs: number;
  /** shiftMs is added to every time. */
  readonly shiftMs: number;
  readonly idPrefix: string;
}

/** rowToEvents returns the events of a row, or null when the row has no readable time. */
export function rowToEvents(row: TableRow, rowNumber: number, reading: RowReading): ReplayedRow | null {
  const { mapping, kinds, shiftMs } = reading;
  const cellOf = (column: string | null): Cell => (column === null ? null : (row.cells[column] ?? null));
  const time = toEpochMs(cellOf(mapping.timestamp));
  if (time === null) return null;
  const at = time + shiftMs;
  const id = reading.idPrefix + String(cellOf(mapping.id) ?? rowNumber);

  const features: Record<string, FeatureValue> = {};
  for (const name of mapping.features) features[name] = toFeature(cellOf(name), kinds.get(name) ?? "text");
  const tags: Record<string, string> = {};
  for (const name of mapping.tags) {
    const value = toClass(cellOf(name));
    if (value !== null) tags[name] = String(value);
  }
  const latencyMs = toNumber(cellOf(mapping.latencyMs));
  const prediction: PredictionEvent = {
    id,
    timestamp: at,
    features,
    prediction: without({
      score: toNumber(cellOf(mapping.score)),
      label: toClass(cellOf(mapping.predictedLabel)),
      value: toNumber(cellOf(mapping.predictedValue)),
    }),
    ...(mapping.tags.length > 0 ? { tags } : {}),
    ...(latencyMs === null ? {} : { latencyMs }),
  };
  return { at, prediction, label: labelOf(id, at, cellOf, reading) };
}

function labelOf(
  id: string,
  at: number,
  cellOf: (column: string | null) => Cell,
  { mapping, labelDelayMs, shiftMs }: RowReading,
): ReplayedRow["label"] {
  const truth = without({ label: toClass(cellOf(mapping.label)), value: toNumber(cellOf(mapping.value)) });
  if (Object.keys(truth).length === 0) return null;
  const timestamp = labelTime();
  return timestamp === null ? null : { predictionId: id, timestamp, ...truth };

  function labelTime(): number | null {
    if (mapping.labelTime !== null) {
      const known = toEpochMs(cellOf(mapping.labelTime));
      return known === null ? null : known + shiftMs;
    }
    if (mapping.labelDelay === null) return at + labelDelayMs;
    // A blank delay says that this truth never became known.
    const seconds = toNumber(cellOf(mapping.labelDelay));
    return seconds === null ? null : at + seconds * 1_000;
  }
}

function without<T extends Record<string, unknown>>(fields: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  const present = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(present) as { [Name in keyof T]?: NonNullable<T[Name]> };
}
