import type { DeliverySymptom } from "../retry/delivery-result.ts";

const NETWORK_CODES = new Set(["ECONNECTION", "ETIMEDOUT", "ESOCKET", "EDNS", "ETLS", "EPROXY", "EPROTOCOL"]);

/** emailSymptom returns what a failed SMTP conversation shows, or undefined where the error is not the mail server's. */
export function emailSymptom(error: unknown): DeliverySymptom | undefined {
  if (!(error instanceof Error)) return undefined;
  const { responseCode, response, code } = error as Error & Partial<Record<string, unknown>>;
  if (typeof responseCode === "number") {
    return {
      kind: "smtp",
      code: responseCode,
      response: typeof response === "string" ? response.slice(0, 300) : String(responseCode),
    };
  }
  if (typeof code !== "string") return undefined;
  if (NETWORK_CODES.has(code) || error.cause instanceof Error || /^E[A-Z]+$/.test(code)) {
    return { kind: "network", code };
  }
  return undefined;
}
