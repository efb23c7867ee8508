/** ChannelField is one field of the form of a channel; `value` is text, with a line for each of several. */
export interface ChannelField {
  name: string;
  label: string;
  hint?: string;
  input: "text" | "number" | "duration" | "check" | "choice" | "choices" | "lines" | "json";
  choices?: { value: string; words: string }[];
  value: string;
  isRequired: boolean;
  /** It has a value that is not shown: left empty, it stays. */
  isKept: boolean;
  isSecret: boolean;
}

/** ChannelWish is the body of a request that a filled-in form makes, or which field cannot be read. */
export type ChannelWish =
  | { outcome: "wish"; body: Record<string, unknown> }
  | { outcome: "unreadable"; message: string };

/**
 * channelWish returns what a filled-in form asks for: a field that is empty is taken away (`null`) from a channel that exists, unless its value is kept. `valuesOf` gives the values
 * of a field as the browser has them. O(fields).
 */
export function channelWish(
  fields: readonly ChannelField[],
  valuesOf: (name: string) => readonly string[],
  isNew: boolean,
): ChannelWish {
  const body: Record<string, unknown> = {};
  const groups = new Map<string, Record<string, unknown>>();
  for (const field of fields) {
    const read = readField(field, valuesOf(field.name));
    if (read === UNREADABLE) {
      return { outcome: "unreadable", message: `${field.label} is not JSON. ${field.hint ?? ""}`.trim() };
    }
    const [group = "", part] = field.name.split(".");
    if (part !== undefined) {
      groups.set(group, { ...groups.get(group), ...(read === undefined ? {} : { [part]: read }) });
    } else if (read !== undefined) body[field.name] = read;
    else if (!isNew && !field.isKept && field.name !== "secret") body[field.name] = null;
  }
  for (const [group, parts] of groups) {
    if (Object.keys(parts).length > 0) body[group] = parts;
    else if (!isNew) body[group] = null;
  }
  return { outcome: "wish", body };
}

const UNREADABLE = Symbol("unreadable");

function readField(field: ChannelField, values: readonly string[]): unknown {
  const text = (values[0] ?? "").trim();
  switch (field.input) {
    case "check":
      return values.length > 0;
    case "choices":
      return values.length === 0 ? undefined : values;
    case "lines": {
      const lines = text.split(/[\n,]/).map((line) => line.trim());
      const filled = lines.filter((line) => line !== "");
      return filled.length === 0 ? undefined : filled;
    }
    case "number":
      return text === "" ? undefined : Number(text);
    case "duration":
      if (text === "") return undefined;
      return /^\d+$/.test(text) ? Number(text) : text;
    case "json":
      return text === "" ? undefined : parsed(text);
    case "text":
    case "choice":
      return text === "" ? undefined : text;
    default:
      return field.input satisfies never;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return UNREADABLE;
  }
}
