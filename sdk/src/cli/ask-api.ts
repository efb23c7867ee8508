import type { ApiSettings } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";

/** ApiAnswer is an answer of the HTTP API: its status and its JSON, undefined where it is none. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** askApi sends one request and returns the answer; it throws where none came, with the address. */
export async function askApi(
  { fetch }: Pick<CliContext, "fetch">,
  { url, apiKey }: ApiSettings,
  path: string,
  init: RequestInit = {},
): Promise<ApiAnswer> {
  const address = url.replace(/\/+$/, "") + path;
  const headers = { ...init.headers, authorization: `Bearer ${apiKey}` };
  const answer = await fetch(address, { ...init, headers }).catch((error: unknown) => {
    throw new Error(`${address} gave no answer`, { cause: error });
  });
  return { status: answer.status, body: jsonOf(await answer.text()) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever answered is no Leeway: the status says so to the caller.
    return undefined;
  }
}

/** problemWords returns what a refusal says is wrong, a line for each field. */
export function problemWords({ status, body }: ApiAnswer): string[] {
  const problem = (body ?? {}) as { detail?: unknown; title?: unknown; errors?: unknown };
  const errors = Array.isArray(problem.errors)
    ? (problem.errors as { path?: unknown; message?: unknown }[])
    : [];
  if (errors.length > 0) return errors.map(({ path, message }) => `${String(path)}: ${String(message)}`);
  return [`HTTP ${status}${problem.detail === undefined ? "" : `: ${String(problem.detail)}`}`];
}
