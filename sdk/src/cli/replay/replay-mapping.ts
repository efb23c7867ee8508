import type { Table } from "../table/table.ts";

/** ReplayMapping says which column is what. */
export interface ReplayMapping {
  /** id of the prediction; the row's number where there is none. */
  readonly id: string | null;
  readonly timestamp: string;
  readonly features: readonly string[];
  readonly tags: readonly string[];
  /** score, predictedLabel and predictedValue are what the model said. */
  readonly score: string | null;
  readonly predictedLabel: string | null;
  readonly predictedValue: string | null;
  /** label and value are the truth, as a class or a number. */
  readonly label: string | null;
  readonly value: string | null;
  /** labelDelay is the column of seconds after which the truth became known; labelTime that of the time itself. */
  readonly labelDelay: string | null;
  readonly labelTime: string | null;
  readonly latencyMs: string | null;
}

/** MappingOutcome is a mapping, or what is wrong in words. */
export type MappingOutcome =
  | { readonly kind: "mapping"; readonly mapping: ReplayMapping }
  | { readonly kind: "wrong"; readonly message: string };

/** The words of a mapping, as written on the command line, and the field each stands for. */
const WORDS = {
  id: "id",
  timestamp: "timestamp",
  score: "score",
  predicted_label: "predictedLabel",
  predicted_value: "predictedValue",
  label: "label",
  value: "value",
  label_delay: "labelDelay",
  label_time: "labelTime",
  latency_ms: "latencyMs",
} as const;
const LISTS = ["features", "tags"] as const;

/**
 * parseReplayMapping reads a mapping such as `id=row_id,timestamp=ts,features=a|b|c,score=p,label=y,label_delay=delay_s`, or
 * the same as JSON. Without `features` every column that is nothing else is a feature.
 */
export function parseReplayMapping(text: string, table: Pick<Table, "columns">): MappingOutcome {
  const pairs = readPairs(text);
  if (pairs === null) return wrong(`--mapping is neither word=column pairs nor JSON: ${text}`);
  const single = Object.fromEntries(
    Object.entries(WORDS).map(([word, field]) => [field, pairs.get(word)?.[0] ?? null]),
  ) as Record<(typeof WORDS)[keyof typeof WORDS], string | null>;
  for (const [word, columns] of pairs) {
    if (!(word in WORDS) && !LISTS.some((list) => list === word)) {
      return wrong(`--mapping: "${word}" is not one of ${[...Object.keys(WORDS), ...LISTS].join(", ")}`);
    }
    const unknown = columns.find((column) => !table.columns.includes(column));
    if (unknown !== undefined)
      return wrong(`--mapping: no column "${unknown}"; there are: ${table.columns.join(", ")}`);
  }
  const timestamp = single.timestamp ?? (table.columns.includes("timestamp") ? "timestamp" : null);
  if (timestamp === null) return wrong("--mapping: which column is the timestamp?");
  const { score, predictedLabel, predictedValue } = single;
  if (!score && !predictedLabel && !predictedValue) {
    return wrong("--mapping: what did the model say? score, predicted_label or predicted_value");
  }
  const tags = pairs.get("tags") ?? [];
  const used = new Set([...Object.values(single), ...tags, timestamp]);
  const features = pairs.get("features") ?? table.columns.filter((column) => !used.has(column));
  return { kind: "mapping", mapping: { ...single, timestamp, features, tags } };
}

function readPairs(text: string): Map<string, string[]> | null {
  if (text.trimStart().startsWith("{")) {
    try {
      const entries = Object.entries(JSON.parse(text) as Record<string, string | string[]>);
      return new Map(entries.map(([word, columns]) => [word, [columns].flat()]));
    } catch {
      // The caller says what is wrong, with the text.
      return null;
    }
  }
  const pairs = text.split(",").filter((pair) => pair !== "");
  if (pairs.some((pair) => !/^[^=]+=.+$/.test(pair))) return null;
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at).trim(), pair.slice(at + 1).split("|")];
    }),
  );
}

function wrong(message: string): MappingOutcome {
  return { kind: "wrong", message };
}
