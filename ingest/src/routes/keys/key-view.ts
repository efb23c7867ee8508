import { type ApiKey, apiKeySchema } from "@leeway/core/records";
import type { z } from "zod";

/** keyViewSchema is an API key as the API shows it: never its secret, nor the secret's hash. */
export const keyViewSchema = apiKeySchema.pick({
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  created_at: true,
  revoked_at: true,
});

/** keyView returns what of a key may be shown. */
export function keyView(key: ApiKey): z.infer<typeof keyViewSchema> {
  return keyViewSchema.parse(key);
}
