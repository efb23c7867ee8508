import { type InputProblem, LeewayError } from "@leeway/core/errors";
import type { ReferenceEmbedding } from "@leeway/core/records";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { UploadMapping } from "./upload-mapping.ts";

/** As long as a prediction's may be. */
const LONGEST_VECTOR = 4_096;

const lengthRow = z.object({
  name: z.string(),
  dimensions: z.coerce.number(),
  vectors: z.coerce.number(),
  rows: z.coerce.number(),
  first_place: z.coerce.number(),
  broken: z.coerce.number(),
  first_broken: z.coerce.number(),
});

/** stagedEmbeddings returns the embeddings of a staged table. Vectors that hold anything but numbers, or differ in length, are `invalid_request` by their first row. */
export async function stagedEmbeddings(
  client: ClickHouseClient,
  table: string,
  { embeddings = {} }: UploadMapping,
): Promise<ReferenceEmbedding[]> {
  const wanted = Object.entries(embeddings);
  if (wanted.length === 0) return [];
  const rows = await vectorLengths(client, { table });
  const found: ReferenceEmbedding[] = [];
  const problems: InputProblem[] = [];
  for (const [name, column] of wanted) {
    const lengths = rows.filter((row) => row.name === name);
    const problem = problemOf(lengths);
    if (problem !== undefined) {
      problems.push({ path: `embeddings.${name}`, message: `column "${column}": ${problem}` });
      continue;
    }
    const [{ dimensions, vectors, rows: all }] = lengths as [z.output<typeof lengthRow>];
    found.push({ name, dimensions, count: vectors, missing_count: all - vectors });
  }
  if (problems.length > 0) {
    const [{ path, message }] = problems as [InputProblem];
    throw new LeewayError("invalid_request", `${path}: ${message}`, { problems });
  }
  return found;
}

// The most frequent length comes first.
function problemOf(lengths: readonly z.output<typeof lengthRow>[]): string | undefined {
  const [most, next] = lengths;
  if (most === undefined) return "no row holds a vector";
  const broken = lengths.filter((row) => row.broken > 0);
  if (broken.length > 0) {
    const first = Math.min(...broken.map(({ first_broken }) => first_broken));
    const count = broken.reduce((sum, row) => sum + row.broken, 0);
    return `row ${first} holds something else than a list of numbers${count > 1 ? `, and ${count - 1} more` : ""}`;
  }
  if (most.dimensions > LONGEST_VECTOR)
    return `row ${most.first_place} holds ${most.dimensions} numbers, at most ${LONGEST_VECTOR} are taken`;
  if (next === undefined) return undefined;
  return `row ${next.first_place} holds ${next.dimensions} numbers where most rows hold ${most.dimensions}`;
}

const vectorLengths = defineQuery<{ table: string }, typeof lengthRow>({
  name: "reference_vector_lengths",
  sql: `SELECT name, length(vector) AS dimensions, count() AS vectors, (SELECT count() FROM {table:Identifier}) AS rows,
      min(place) AS first_place, countIf(is_broken) AS broken, minIf(place, is_broken) AS first_broken
    FROM (
      SELECT place, name, vector, arrayExists(x -> NOT isFinite(x), vector) AS is_broken
      FROM {table:Identifier} ARRAY JOIN mapKeys(vectors) AS name, mapValues(vectors) AS vector
    )
    GROUP BY name, dimensions ORDER BY name, vectors DESC, first_place`,
  row: lengthRow,
});
