import type { Attributes } from "./export-request.ts";

/** Origin is where a sample comes from; `attributes` are those that tell its series from others of that origin. */
export interface Origin {
  model?: string;
  version?: string;
  replica: string;
  attributes: Record<string, string>;
}

const VALUE_FIELDS = ["stringValue", "boolValue", "intValue", "doubleValue"];

// The first that is given counts: what was said on purpose, then what vLLM, SGLang, TensorRT-LLM and KServe say, then Triton, then GenAI.
const MODEL = ["leeway.model", "model_name", "model", "gen_ai.request.model"];
const VERSION = ["leeway.version", "model_version", "version"];
const REPLICA = ["leeway.replica", "k8s.pod.name", "service.instance.id", "host.name", "service.name"];

/** textAttributes returns attributes as text; lists and maps as JSON, one without a value as no text. */
export function textAttributes(attributes: Attributes): Record<string, string> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => {
      const given = Object.entries(value).filter(([, member]) => member !== null);
      const [field, member] = given.find(([name]) => VALUE_FIELDS.includes(name)) ?? [];
      if (field !== undefined) return [key, String(member)];
      return [key, given.length === 0 ? "" : JSON.stringify(Object.fromEntries(given))];
    }),
  );
}

/** originOf returns who sent a data point, by its own attributes first and then by those of its resource. */
export function originOf(
  resource: Readonly<Record<string, string>>,
  point: Readonly<Record<string, string>>,
): Origin {
  const find = (names: readonly string[]) =>
    names.flatMap((name) => point[name] ?? resource[name] ?? []).find((text) => text !== "");
  const model = find(MODEL);
  const version = model === undefined ? undefined : find(VERSION);
  const named = new Set([...MODEL, ...VERSION, ...REPLICA]);
  return {
    ...(model === undefined ? {} : { model }),
    ...(version === undefined ? {} : { version }),
    replica: find(REPLICA) ?? "unknown",
    attributes: Object.fromEntries(Object.entries(point).filter(([name]) => !named.has(name))),
  };
}
