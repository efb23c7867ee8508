import { z } from "zod";

/** DoubleRequest is a request as a double sees it. */
export interface DoubleRequest {
  method: string;
  path: string;
  headers: Record<string, string | undefined>;
  body: unknown;
}

/** DoubleAnswer is what a double says. */
export interface DoubleAnswer {
  status: number;
  body?: unknown;
}

/** TargetDouble is a small copy of a target's API: it refuses what that API would refuse. */
export interface TargetDouble {
  settings: Record<string, unknown>;
  token?: string;
  /** Whether a repeated request starts no second run. */
  isIdempotent: boolean;
  /** Reads the request that the job would get from the accepted body. */
  requestIn(body: never): unknown;
  /** Answers one request. `runs` holds the accepted bodies by the id of their run; `end` is how runs end, absent while they go on. */
  answer(
    request: DoubleRequest,
    runs: Map<string, unknown>,
    end: "succeeded" | "failed" | undefined,
  ): DoubleAnswer;
}

/** REFUSED is the answer of a double to whom it does not let in. */
export const REFUSED: DoubleAnswer = { status: 401 };
/** UNKNOWN is the answer of a double to what it does not know. */
export const UNKNOWN: DoubleAnswer = { status: 404 };

/** taken keeps an accepted body under an id, or answers 400 where the body is not what the API takes. */
export function taken(
  schema: z.ZodType,
  body: unknown,
  runs: Map<string, unknown>,
  accepted: (body: never) => { id: string; answer: DoubleAnswer; isKnown?: DoubleAnswer },
): DoubleAnswer {
  const parsed = schema.safeParse(body);
  if (!parsed.success) return { status: 400, body: { detail: z.prettifyError(parsed.error) } };
  const { id, answer, isKnown } = accepted(body as never);
  if (runs.has(id) && isKnown !== undefined) return isKnown;
  runs.set(id, body);
  return answer;
}

/** text is a text that is not empty. */
export const text = z.string().min(1);
/** json is the text of an object. */
export const json = text.refine((value) => typeof JSON.parse(value) === "object");
/** parse reads the text of an object. */
export const parse = (value: string | undefined): unknown => JSON.parse(value ?? "");

/** restDouble returns a double whose API starts a run at one path and answers for it at another. */
export function restDouble(options: {
  settings: Record<string, unknown>;
  token: string;
  header: (token: string) => [name: string, value: string];
  startPath: string;
  runPath: (id: string) => string;
  schema: z.ZodType;
  /** Whom a repeated body would belong to; absent: every request starts a run. */
  ownId?: (body: never) => string;
  /** What a second request for the same run is answered; absent: the same as the first. */
  repeated?: DoubleAnswer;
  created: (id: string) => DoubleAnswer;
  state: (end: "succeeded" | "failed" | undefined) => unknown;
  requestIn: (body: never) => unknown;
}): TargetDouble {
  return {
    settings: options.settings,
    token: options.token,
    isIdempotent: options.ownId !== undefined,
    requestIn: options.requestIn,
    answer({ method, path, headers, body }, runs, end) {
      const [name, value] = options.header(options.token);
      if (headers[name] !== value) return REFUSED;
      if (method === "POST" && path === options.startPath) {
        return taken(options.schema, body, runs, (accepted) => {
          const id = options.ownId?.(accepted) ?? `run-${runs.size + 1}`;
          return {
            id,
            answer: options.created(id),
            ...(options.repeated === undefined ? {} : { isKnown: options.repeated }),
          };
        });
      }
      const run = [...runs.keys()].find((id) => path === options.runPath(id));
      return method === "GET" && run !== undefined ? { status: 200, body: options.state(end) } : UNKNOWN;
    },
  };
}

/** bearer is the header of a token. */
export const bearer = (token: string): [string, string] => ["authorization", `Bearer ${token}`];
/** word returns the word of an API for how a run goes. */
export const word =
  (running: string, succeeded: string, failed: string) => (end: "succeeded" | "failed" | undefined) =>
    end === undefined ? running : end === "succeeded" ? succeeded : failed;
