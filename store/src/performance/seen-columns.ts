import type { SeenOutputs } from "@leeway/core/performance";
import { z } from "zod";
import { rangeColumn } from "./columns.ts";

const count = z.coerce.number();

/** seenColumns read the columns in which `aggregateSql` says what labels and predictions look like. */
export const seenColumns = {
  seen_cells: z.array(z.tuple([z.tuple([z.string(), z.string()]), z.number()])),
  seen_predicted: z.array(z.tuple([z.string(), z.number()])),
  seen_labels: z.tuple([count, count, count]),
  seen_outputs: z.tuple([count, count]),
  seen_output_range: rangeColumn,
  seen_truth_range: rangeColumn,
  seen_moments: z.array(z.number()),
};

type SeenRow = z.output<z.ZodObject<typeof seenColumns>>;

/** toSeenOutputs returns core's SeenOutputs of those columns. */
export function toSeenOutputs(row: SeenRow): SeenOutputs {
  const [came, unreadable, beyond] = row.seen_labels;
  const [missing, outputsBeyond] = row.seen_outputs;
  const [rows, sum, sumOfSquares] = row.seen_moments;
  return {
    cells: row.seen_cells.map(([[truth, predicted], n]) => ({ truth, predicted, count: n })),
    predicted: row.seen_predicted.map(([name, n]) => ({ name, count: n })),
    labels: { came, unreadable, beyond },
    outputs: { missing, beyond: outputsBeyond },
    outputRange: row.seen_output_range,
    truthRange: row.seen_truth_range,
    outputMoments:
      rows === undefined || sum === undefined || sumOfSquares === undefined
        ? null
        : { count: rows, sum, sumOfSquares },
  };
}
