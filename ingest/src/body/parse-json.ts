import { isUtf8 } from "node:buffer";
import { LeewayError } from "@leeway/core/errors";
import { describePlace } from "./describe-place.ts";
import { type JsonWord, scanJson } from "./scan-json.ts";

/** parseJson returns the value of a JSON body, or throws `invalid_request` that says at which line, offset and member it stops being JSON. */
export function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw notJson(notUtf8(bytes));
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw notJson(jsonProblem(bytes));
  }
}

/** jsonProblem says where and why a text that `JSON.parse` refused is no JSON. */
export function jsonProblem(bytes: Buffer): string {
  let first: JsonWord | undefined;
  const place = scanJson(bytes, (word) => {
    first ??= word;
  });
  if (first !== undefined && (place === undefined || first.offset < place.offset))
    return wordProblem(bytes, first);
  return place === undefined ? "unreadable" : describePlace(bytes, place);
}

/** wordProblem says where a word stands that is no JSON value. */
export function wordProblem(bytes: Buffer, { word, ...place }: JsonWord): string {
  return describePlace(bytes, place, `${word} is no JSON value; send null where there is none`);
}

/** notUtf8 says where bytes stop being UTF-8. */
export function notUtf8(bytes: Buffer): string {
  // The longest readable beginning, by halves.
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (isReadable(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  while (!isUtf8(bytes.subarray(0, good))) good--;
  return describePlace(bytes, { offset: good, path: [] }, "the bytes are not UTF-8");
}

// A character that the end cuts in two is no fault of the bytes before it.
function isReadable(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function notJson(problem: string): LeewayError {
  return new LeewayError("invalid_request", `the body is not JSON: ${problem}`, {
    problems: [{ path: "body", message: problem }],
  });
}
