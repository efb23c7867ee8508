import { z } from "zod";
import { lineSchema } from "../../wire/index.ts";

/** settingText is a setting of a target: one line that is not empty. */
export const settingText = lineSchema(512).min(1);

/** parameterName is the name of the parameter through which a job gets the request. */
export const parameterName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,127}$/)
  .default("leeway_request");

/** bearer returns the header of a token, none where there is no token. */
export function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** part returns one part of a path, escaped. */
export function part(text: string): string {
  return encodeURIComponent(text);
}

/** base returns the address of an API without slashes at its end. */
export function base(url: string): string {
  return url.replace(/\/+$/, "");
}
