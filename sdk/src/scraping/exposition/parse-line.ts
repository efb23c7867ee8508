import { type Composite, parseComposite } from "./parse-composite.ts";
import { parseLabels } from "./parse-labels.ts";
import { parseValue } from "./parse-value.ts";

/** SampleLine is one line of samples: a number, or a whole histogram or summary. */
export interface SampleLine {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | Composite;
  /** As it is written: milliseconds in the text format, seconds in OpenMetrics. */
  readonly timestamp?: number;
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const NO_LABELS: Readonly<Record<string, string>> = Object.freeze({});

/** nameEnd returns where the name at the beginning of a line ends; 0 where it begins with none. O(name). */
export function nameEnd(line: string): number {
  let end = 0;
  for (; end < line.length; end++) {
    const code = line.charCodeAt(end);
    const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58;
    if (!isLetter && !(end > 0 && code >= 48 && code <= 57)) break;
  }
  return end;
}

/**
 * parseLine reads one line of samples, `name{label="value"} value [timestamp] [# exemplar]`, or returns undefined where it is none. O(length).
 *
 * @example
 * parseLine('vllm:num_requests_running{model_name="m"} 3'); // { name: "vllm:num_requests_running", labels: { model_name: "m" }, value: 3 }
 */
export function parseLine(line: string): SampleLine | undefined {
  const end = nameEnd(line);
  let name = line.slice(0, end);
  let labels = NO_LABELS;
  let at = skipBlanks(line, end);
  // A composite value begins with a brace, too, but after a blank and with `count:`.
  if (line[at] === "{" && !(at > end && /^\{g?count:/.test(line.slice(at, at + 8)))) {
    const parsed = parseLabels(line, at);
    if (parsed === undefined || (name !== "" && parsed.name !== undefined)) return undefined;
    name = parsed.name ?? name;
    labels = parsed.labels;
    at = skipBlanks(line, parsed.end);
  } else if (at === end) return undefined;
  if (name === "" || (end > 0 && !NAME.test(name))) return undefined;
  return readValues(line, at, name, labels);
}

function readValues(
  line: string,
  at: number,
  name: string,
  labels: Readonly<Record<string, string>>,
): SampleLine | undefined {
  const exemplar = line.indexOf(" # ", at);
  const written = line.slice(at, exemplar === -1 ? undefined : exemplar).trim();
  const [valueText = "", ...rest] = written.split(/[ \t]+/);
  const value = valueText.startsWith("{") ? parseComposite(valueText) : parseValue(valueText);
  if (value === undefined) return undefined;
  const times = rest.filter((text) => !text.startsWith("st@"));
  if (times.length === 0) return { name, labels, value };
  const timestamp = parseValue(times[0] as string);
  if (times.length > 1 || timestamp === undefined || !Number.isFinite(timestamp)) return undefined;
  return { name, labels, value, timestamp };
}

function skipBlanks(line: string, at: number): number {
  let next = at;
  while (line.charCodeAt(next) === 32 || line.charCodeAt(next) === 9) next++;
  return next;
}
