import { ClickHouseError } from "@clickhouse/client";
import { LeewayError } from "@leeway/core/errors";
import { z } from "zod";
import { parameterSizes } from "./error-words.ts";
import type { QueryParameter } from "./query-parameter.ts";

// An engine that fails in the middle of its answer ends it with these words, after rows that look well.
const BROKEN_OFF = /Code: (\d+)\. DB::Exception: (.*)/;

/** readLine returns one line of an answer as JSON. It throws what the engine said where the line is the engine's own error, and `internal` where it is anything else. */
export function readLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const [, code, message] = BROKEN_OFF.exec(text) ?? [];
    if (code !== undefined && message !== undefined) {
      throw new ClickHouseError({ code, message, type: "BROKEN_OFF" });
    }
    // The parser's own error quotes the line, and the line may be somebody's data.
    throw new LeewayError("internal", `a line of the answer is not JSON (${text.length} characters)`);
  }
}

/**
 * parseRows returns the rows of an answer, parsed by the row of their query. A row that does not parse is a defect, `internal`: the error names the query, the row
 * and its fields with their sizes, and holds no value.
 */
export function parseRows<Row extends z.ZodType>(
  query: { name: string; row: Row },
  rows: readonly unknown[],
  parameters: Readonly<Record<string, QueryParameter>>,
): z.output<Row>[] {
  return rows.map((row, index) => {
    try {
      return query.row.parse(row);
    } catch (error) {
      const given = parameterSizes(parameters);
      throw new LeewayError(
        "internal",
        `${query.name}: row ${index + 1} of ${rows.length} does not parse: ${problemWords(error)}; it holds ${valueSizes(row)}${given === "" ? "" : `; given ${given}`}`,
      );
    }
  });
}

/** problemWords returns what is wrong with a stored document, by the names of its fields and without their values. */
export function problemWords(error: unknown): string {
  if (error instanceof z.ZodError) {
    return error.issues
      .slice(0, 5)
      .map(({ path, code }) => `${path.length === 0 ? "the whole" : path.join(".")} (${code})`)
      .join(", ");
  }
  return error instanceof SyntaxError
    ? "a field that should hold JSON does not"
    : "one of its fields cannot be read";
}

function valueSizes(row: unknown): string {
  if (row === null || typeof row !== "object") return `a ${typeof row}`;
  return Object.entries(row)
    .slice(0, 40)
    .map(([name, value]) => (typeof value === "string" ? `${name} (${value.length} characters)` : name))
    .join(", ");
}
