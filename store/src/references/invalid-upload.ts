import { type InputProblem, LeewayError } from "@leeway/core/errors";

/** invalidUpload returns the refusal of an upload, `invalid_request`: the first problem is the message, all are named. */
export function invalidUpload(problems: readonly InputProblem[], cause?: unknown): LeewayError {
  const [first] = problems as [InputProblem];
  return new LeewayError("invalid_request", `${first.path}: ${first.message}`, { problems, cause });
}

/** quotedBriefly returns a text in quotes, cut to a length that can be shown. */
export function quotedBriefly(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
