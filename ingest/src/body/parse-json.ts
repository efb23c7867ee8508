import { LeewayError } from "@leeway/core/errors";

/** parseJson returns the value of a JSON body, or throws `invalid_request` that says where it stops being JSON. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.slice(0, 200) : "unreadable";
    throw new LeewayError("invalid_request", `the body is not JSON: ${reason}`, { cause });
  }
}
