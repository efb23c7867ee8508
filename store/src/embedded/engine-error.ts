import { isDiskProblem } from "../disk-problem.ts";

/** EngineError is a failure in ClickHouse's own terms: its numeric code and name. */
export class EngineError extends Error {
  readonly code: number;
  readonly type: string;

  constructor(code: number, type: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "EngineError";
    this.code = code;
    this.type = type;
  }
}

const EXCEPTION_TEXT = /Code: (\d+)\. DB::Exception: ([\s\S]*?)\s*\(([A-Z][A-Z0-9_]{2,})\)[^()]*$/;

/**
 * toEngineError returns what the engine threw with the code that its message begins with, and what the disk refused as code 243, NOT_ENOUGH_SPACE; anything
 * else is code 1002, UNKNOWN_EXCEPTION.
 */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  // Rows of an INSERT are laid on disk before the engine reads them: where that fails, so would the engine a moment later.
  if (isDiskProblem(error)) return new EngineError(243, "NOT_ENOUGH_SPACE", message, { cause: error });
  const match = EXCEPTION_TEXT.exec(message);
  if (match === null) return new EngineError(1002, "UNKNOWN_EXCEPTION", message, { cause: error });
  return new EngineError(Number(match[1]), match[3]!, match[2]!, { cause: error });
}

/** exceptionText returns the error as ClickHouse writes it into an HTTP answer. */
export function exceptionText(error: EngineError): string {
  return `Code: ${error.code}. DB::Exception: ${error.message} (${error.type})\n`;
}

/** httpStatusOf returns the HTTP status that ClickHouse answers an error code with. */
export function httpStatusOf(code: number): number {
  switch (code) {
    case 497:
    case 516:
      return 403;
    case 60:
    case 81:
      return 404;
    case 36:
    case 47:
    case 62:
    case 115:
    case 117:
    case 456:
      return 400;
    case 202:
      return 503;
    default:
      return 500;
  }
}
