import { withoutSecrets } from "@leeway/core/delivery";
import type { DeliveryResult } from "./retry/delivery-result.ts";

/** withoutSecretsIn returns a result whose words hold none of the secrets: a receiver may send back what it was sent. O(length · secrets). */
export function withoutSecretsIn(result: DeliveryResult, secrets: readonly string[]): DeliveryResult {
  const receipt =
    "receipt" in result && result.receipt !== undefined
      ? Object.fromEntries(
          Object.entries(result.receipt).map(([name, text]) => [name, withoutSecrets(text, secrets)]),
        )
      : undefined;
  if (result.outcome === "sent") return { ...result, receipt: receipt ?? {} };
  const reason = withoutSecrets(result.reason, secrets);
  if (result.outcome === "withheld") return { ...result, reason };
  return { ...result, reason, ...(receipt === undefined ? {} : { receipt }) };
}
