import type { ApiSettings } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";

/** API_OPTIONS are the options every command that talks to Leeway has. */
export const API_OPTIONS = {
  url: { type: "string" },
  "api-key": { type: "string" },
} as const;

const DEFAULT_URL = "http://localhost:4700";

/** readApiSettings returns the address and key from the options or the environment; null, noted, when there is no key. */
export function readApiSettings(
  values: { readonly url?: string | undefined; readonly "api-key"?: string | undefined },
  { env, note }: CliContext,
): ApiSettings | null {
  const apiKey = values["api-key"] ?? env["LEEWAY_API_KEY"];
  if (apiKey === undefined || apiKey === "") {
    note("no API key: give --api-key or set LEEWAY_API_KEY");
    return null;
  }
  return { url: values.url ?? env["LEEWAY_URL"] ?? DEFAULT_URL, apiKey };
}
