import type { DeliveryResult, DeliverySymptom } from "./delivery-result.ts";

type Failure = Extract<DeliveryResult, { outcome: "retry" | "refused" }>;

// Slack answers 200 with `ok: false`; these of its errors pass by themselves, all others need a person.
const PASSING_SLACK_ERRORS = new Set([
  "ratelimited",
  "rate_limited",
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
]);
const MOST_ANSWER = 300;
const PASSING_STATUSES = new Set([408, 425, 429]);

/** decideRetry returns whether a failed attempt is worth another one, over every kind of receiver, with the reason a person reads. */
export function decideRetry(symptom: DeliverySymptom): Failure {
  switch (symptom.kind) {
    case "http":
      return decideHttp(symptom);
    case "slack":
      return PASSING_SLACK_ERRORS.has(symptom.error)
        ? { outcome: "retry", reason: `Slack answered ${symptom.error}` }
        : { outcome: "refused", reason: `Slack answered ${symptom.error}` };
    case "smtp":
      return symptom.code >= 500
        ? { outcome: "refused", reason: `the mail server answered ${symptom.response}` }
        : { outcome: "retry", reason: `the mail server answered ${symptom.response}` };
    case "network":
      return { outcome: "retry", reason: `the receiver could not be reached (${symptom.code})` };
    case "timeout":
      return { outcome: "retry", reason: `no answer within ${symptom.afterMs / 1_000} s` };
    case "target":
      return { outcome: "refused", reason: symptom.reason };
    case "setting":
      return { outcome: "refused", reason: `${symptom.name} is not set on the analyzer` };
    default:
      return symptom satisfies never;
  }
}

function decideHttp(symptom: Extract<DeliverySymptom, { kind: "http" }>): Failure {
  const { status, retryAfterSeconds, answer = "" } = symptom;
  const said = answer === "" ? "" : `: ${answer.slice(0, MOST_ANSWER)}`;
  if (status >= 500 || PASSING_STATUSES.has(status)) {
    return {
      outcome: "retry",
      reason: `the receiver answered ${status}${said}`,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterMs: retryAfterSeconds * 1_000 }),
    };
  }
  if (status === 410) {
    return {
      outcome: "refused",
      reason: `the receiver answered 410, so it is gone for good${said}`,
      isGone: true,
    };
  }
  if (status >= 300 && status < 400) {
    return { outcome: "refused", reason: `the receiver answered ${status}; redirects are not followed` };
  }
  return { outcome: "refused", reason: `the receiver answered ${status}${said}` };
}
