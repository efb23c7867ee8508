import { LeewayError } from "../errors/index.ts";

/** csvProblem returns the refusal of a CSV, `invalid_request`; `path` is the column where one is to blame. */
export function csvProblem(message: string, path = "body"): LeewayError {
  return new LeewayError("invalid_request", `${path}: ${message}`, { problems: [{ path, message }] });
}
