import { nameSchema } from "@leeway/core/wire";
import { z } from "zod";

/** uploadFormatSchema names the formats in which a reference can be uploaded. */
export const uploadFormatSchema = z.enum(["csv", "ndjson", "parquet"]);

/** uploadMappingSchema says which column of an uploaded table is what. Columns that are not named here are features. */
export const uploadMappingSchema = z.strictObject({
  /** When the row was scored; without it the rows have no order and the reference no windows of its own. */
  timestamp: nameSchema.optional(),
  /** The true class, or for regression the true value. */
  label: nameSchema.optional(),
  label_value: nameSchema.optional(),
  predicted_label: nameSchema.optional(),
  score: nameSchema.optional(),
  predicted_value: nameSchema.optional(),
  weight: nameSchema.optional(),
  /** Columns that are features; absent: all that are not mapped or ignored. */
  features: z.array(nameSchema).max(2_000).optional(),
  ignore: z.array(nameSchema).max(2_000).optional(),
  tags: z.array(nameSchema).max(100).optional(),
  /** Names of embeddings with the columns that hold their vectors: lists of numbers, all of one length; in texts as JSON. */
  embeddings: z.record(nameSchema, nameSchema).optional(),
  /** The share of rows whose times, weights, outputs, labels or texts may be unreadable, per column: those rows are left out and counted. Absent: none may. */
  allow_invalid: z.number().min(0).lt(1).optional(),
  /** Types that the values do not show, e.g. a class coded as a number. */
  types: z.record(nameSchema, z.enum(["numeric", "categorical", "boolean"])).optional(),
});

export type UploadFormat = z.infer<typeof uploadFormatSchema>;
export type UploadMapping = z.infer<typeof uploadMappingSchema>;

/** mappedColumns returns the columns that a mapping gives a meaning other than feature. */
export function mappedColumns(mapping: UploadMapping): string[] {
  const { timestamp, label, label_value, predicted_label, score, predicted_value, weight } = mapping;
  return [
    timestamp,
    label,
    label_value,
    predicted_label,
    score,
    predicted_value,
    weight,
    ...(mapping.ignore ?? []),
    ...(mapping.tags ?? []),
    ...embeddingColumns(mapping),
  ].filter((column) => column !== undefined);
}

/** embeddingColumns returns the columns that hold vectors. */
export function embeddingColumns({ embeddings = {} }: UploadMapping): string[] {
  return [...new Set(Object.values(embeddings))];
}
