import { isUtf8 } from "node:buffer";
import { jsonProblem, notUtf8, parseJson, wordProblem } from "../body/parse-json.ts";
import { scanJson } from "../body/scan-json.ts";
import { type EventEnvelope, readEnvelope } from "./event-envelope.ts";
import { Refusal } from "./read-outcome.ts";

/**
 * parseEvents returns the events of a JSON body under `field`. A word that is no JSON (Python writes `NaN` and `Infinity`) refuses the event it
 * stands in; anything else that is no JSON is thrown as `invalid_request` with its line, offset and event.
 */
export function parseEvents(bytes: Buffer, field: string): EventEnvelope {
  try {
    return readEnvelope(parseJson(bytes), field);
  } catch (error) {
    const salvaged = withoutWords(bytes, field);
    if (salvaged === undefined) throw error;
    return salvaged;
  }
}

function withoutWords(bytes: Buffer, field: string): EventEnvelope | undefined {
  if (!isUtf8(bytes)) return undefined;
  const refusals = new Map<number, Refusal>();
  const patched = Buffer.from(bytes);
  let isOutside = false;
  const fault = scanJson(bytes, (word) => {
    const [holder, index] = word.path;
    if (holder !== field || typeof index !== "number") isOutside = true;
    // As many bytes as the word has, so that nothing moves.
    else patched.write("0".padEnd(word.word.length, " "), word.offset, "latin1");
    if (!isOutside && !refusals.has(index as number)) {
      refusals.set(index as number, new Refusal("invalid_event", wordProblem(bytes, word)));
    }
  });
  if (fault !== undefined || isOutside || refusals.size === 0) return undefined;
  const { batchId, events } = readEnvelope(parseJson(patched), field);
  return { batchId, events: events.map((event, index) => refusals.get(index) ?? event) };
}

/** parseLines returns the values of lines of JSON; a line that is none refuses its own event only. Empty lines are passed over. */
export function parseLines(bytes: Buffer): unknown[] {
  const values: unknown[] = [];
  if (isUtf8(bytes)) {
    for (const line of bytes.toString("utf8").split("\n"))
      if (line.trim() !== "") values.push(parseLine(line));
    return values;
  }
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    const line = bytes.subarray(start, end === -1 ? bytes.length : end);
    start += line.length + 1;
    if (!isUtf8(line)) values.push(new Refusal("invalid_event", `the line is not JSON: ${notUtf8(line)}`));
    else if (line.toString("utf8").trim() !== "") values.push(parseLine(line.toString("utf8")));
  }
  return values;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return new Refusal("invalid_event", `the line is not JSON: ${jsonProblem(Buffer.from(line))}`);
  }
}
