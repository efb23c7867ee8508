/** EngineRequest is what the query string of a request asks for. */
export interface EngineRequest {
  query: string;
  queryId: string | undefined;
  database: string | undefined;
  defaultFormat: string;
  parameters: Map<string, string>;
  settings: Map<string, string>;
  wantsCompressedAnswer: boolean;
  logComment: string;
}

// Names of the HTTP interface that are no settings of the engine, and what only its own server knows.
const NOT_SETTINGS = new Set([
  "query",
  "query_id",
  "database",
  "default_format",
  "user",
  "password",
  "quota_key",
  "session_id",
  "session_timeout",
  "session_check",
  "role",
  "compress",
  "decompress",
  "enable_http_compression",
  "wait_end_of_query",
  "buffer_size",
  "stacktrace",
  "close_session",
  "log_comment",
]);

/** parseHttpParameters reads the query string (and the parts of a multipart body) of a request into what the engine is asked for. */
export function parseHttpParameters(entries: Iterable<readonly [string, string]>): EngineRequest {
  const request: EngineRequest = {
    query: "",
    queryId: undefined,
    database: undefined,
    defaultFormat: "TabSeparated",
    parameters: new Map(),
    settings: new Map(),
    wantsCompressedAnswer: false,
    logComment: "",
  };
  for (const [name, value] of entries) {
    if (name.startsWith("param_")) request.parameters.set(name.slice("param_".length), value);
    else if (name === "query") request.query += value;
    else if (name === "query_id") request.queryId = value;
    else if (name === "database") request.database = value;
    else if (name === "default_format") request.defaultFormat = value;
    else if (name === "enable_http_compression") request.wantsCompressedAnswer = value === "1";
    else if (name === "log_comment") request.logComment = value;
    else if (!NOT_SETTINGS.has(name)) request.settings.set(name, value);
  }
  return request;
}
