import { EngineError } from "./engine-error.ts";
import { sqlSpans } from "./sql-code.ts";

const PLACEHOLDER = /\{\s*([A-Za-z_]\w*)\s*:\s*([^{}]+?)\s*\}/g;
const PLAIN_STRING = /^(LowCardinality\()?(Nullable\()?(String|FixedString\(\d+\))\)*$/;
const ESCAPES: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", "0": "\0" };

/**
 * bindParameters returns the statement with every `{name:Type}` replaced by a typed literal. The values are in ClickHouse's parameter form
 * (TSV-escaped text). The engine's own binding is shared by all connections of a process, so that parallel queries would mix their values.
 */
export function bindParameters(sql: string, parameters: ReadonlyMap<string, string>): string {
  if (!sql.includes("{")) return sql;
  return sqlSpans(sql)
    .map(({ kind, start, end }) => {
      const text = sql.slice(start, end);
      if (kind === "opaque") return text;
      return text.replace(PLACEHOLDER, (_, name: string, type: string) =>
        literalOf(name, type, parameters.get(name)),
      );
    })
    .join("");
}

/** quoteLiteral returns `text` as an SQL string literal. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** quoteName returns `name` as a quoted SQL identifier. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
}

function literalOf(name: string, type: string, value: string | undefined): string {
  if (value === undefined) {
    throw new EngineError(456, "UNKNOWN_QUERY_PARAMETER", `Substitution \`${name}\` is not set`);
  }
  if (type === "Identifier") return quoteName(unescapeText(value));
  if (value === "\\N") return `_CAST(NULL, ${quoteLiteral(type)})`;
  if (type.startsWith("Map(")) {
    throw new EngineError(48, "NOT_IMPLEMENTED", `Parameter \`${name}\`: pass a map as two arrays`);
  }
  const text = PLAIN_STRING.test(type) ? unescapeText(value) : value;
  return `_CAST(${quoteLiteral(text)}, ${quoteLiteral(type)})`;
}

function unescapeText(value: string): string {
  return value.replace(/\\([\s\S])/g, (_, character: string) => ESCAPES[character] ?? character);
}
