import { LeewayError } from "@leeway/core/errors";
import { parseJson } from "../body/parse-json.ts";
import type { Problem } from "../errors/problem.ts";
import type { EncodedAnswer } from "../http/route.ts";
import type { ExportResponse } from "./export-request.ts";
import type { MessageTypes } from "./message-types.ts";
import { quoteNumbers } from "./quote-numbers.ts";

const PROTOBUF = "application/x-protobuf";
const JSON_TYPE = "application/json";

/** OtlpEncoding reads requests and writes answers in the encoding that the request came in. */
export interface OtlpEncoding {
  /** read returns a request's body in its JSON form, or throws `unsupported_media_type` or `invalid_request`. */
  read(mediaType: string, bytes: Buffer): unknown;
  answer(response: ExportResponse, mediaType: string): EncodedAnswer;
  /** problem returns a problem as `google.rpc.Status`, or undefined for a caller that speaks neither encoding. */
  problem(problem: Problem, mediaType: string): EncodedAnswer | undefined;
}

/** createOtlpEncoding returns OTLP's two encodings over HTTP: binary protobuf and JSON. */
export function createOtlpEncoding(types: MessageTypes): OtlpEncoding {
  return {
    read(mediaType, bytes) {
      if (mediaType === PROTOBUF) return types.readRequest(bytes);
      if (mediaType === JSON_TYPE) return readJson(bytes);
      throw new LeewayError("unsupported_media_type", `Content-Type must be ${PROTOBUF} or ${JSON_TYPE}`);
    },
    answer(response, mediaType) {
      return mediaType === PROTOBUF
        ? { mediaType, bytes: types.writeResponse(response) }
        : { mediaType: JSON_TYPE, bytes: JSON.stringify(response) };
    },
    problem(problem, mediaType) {
      const { detail, errors = [] } = problem;
      const fields = errors.slice(0, 3).map(({ path, message }) => `${path}: ${message}`);
      const status = { code: statusCode(problem.status), message: [detail, ...fields].join("; ") };
      if (mediaType === PROTOBUF) return { mediaType, bytes: types.writeStatus(status) };
      return mediaType === JSON_TYPE ? { mediaType, bytes: JSON.stringify(status) } : undefined;
    },
  };
}

// Where the text is no JSON, the place is that in the text as it was sent.
function readJson(bytes: Buffer): unknown {
  const quoted = quoteNumbers(bytes);
  try {
    return parseJson(quoted);
  } catch (error) {
    if (quoted === bytes) throw error;
    return parseJson(bytes);
  }
}

// google.rpc.Code
function statusCode(httpStatus: number): number {
  switch (httpStatus) {
    case 401:
      return 16;
    case 403:
      return 7;
    case 413:
    case 429:
      return 8;
    case 503:
      return 14;
    default:
      return httpStatus < 500 ? 3 : 13;
  }
}
