/** An insert that an engine held up may add rows whose stamps are as old as this: their number says whether one did. */
export const LATE_INSERT_MS = 900_000;

/** ResolutionRange is what one pass of the resolver looks at: rows by the times they were received at, epoch milliseconds, ends excluded. */
export type ResolutionRange = Record<"project" | "model", string> &
  Record<"labelsFrom" | "labelsEnd" | "predictionsFrom" | "predictionsEnd" | "resolvedAt", number>;

/** RESOLVED_COLUMNS lays a label `l` beside a prediction `p`. */
export const RESOLVED_COLUMNS = `{project:String} AS project, {model:String} AS model, p.version, p.environment, l.prediction_id,
    p.timestamp AS prediction_timestamp, l.label, l.value, l.timestamp AS timestamp, l.received_at AS received_at, l.payload_hash,
    fromUnixTimestamp64Milli({resolvedAt:Int64}, 'UTC') AS resolved_at`;

/** Repeating a statement is harmless (rows are keyed by content); ClickHouse must not take the repetition for a retry. */
export const JOIN_SETTINGS = { insert_deduplicate: 0 } as const;
