import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import type { DeliverySymptom } from "../retry/delivery-result.ts";

/** slackSymptom returns what a failed call of Slack's Web API shows, or undefined where the error is not Slack's. */
export function slackSymptom(error: unknown): DeliverySymptom | undefined {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: "http", status: 429, retryAfterSeconds: error.retryAfter };
  }
  if (error instanceof WebAPIHTTPError) return { kind: "http", status: error.statusCode };
  if (error instanceof WebAPIPlatformError) return { kind: "slack", error: error.data.error };
  if (error instanceof WebAPIRequestError) return { kind: "network", code: networkCode(error.original) };
  return undefined;
}

function networkCode(error: Error): string {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if ("code" in current && typeof current.code === "string") return current.code;
  }
  return error.name;
}
