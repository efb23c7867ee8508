import { createHmac, timingSafeEqual } from "node:crypto";

const LONGEST_AGE_SECONDS = 300;

/** SlackSignature is what Slack sends beside a body to prove that it is its own. */
export interface SlackSignature {
  /** `X-Slack-Request-Timestamp`, epoch seconds. */
  timestamp: string | undefined;
  /** `X-Slack-Signature`: `v0=` and the hex HMAC-SHA256 of `v0:timestamp:body`. */
  signature: string | undefined;
}

/** isSlackTimestampFresh decides whether a request was signed within five minutes of `now`, before or after it: an older one may be a recording. O(1). */
export function isSlackTimestampFresh(timestamp: string | undefined, now: number): boolean {
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(now / 1_000 - Number(timestamp)) <= LONGEST_AGE_SECONDS;
}

/** isSlackSigned decides whether `body` is from Slack, and fresh. The comparison takes the same time whatever differs. O(n). Source: docs.slack.dev, "Verifying requests from Slack". */
export function isSlackSigned(
  { timestamp, signature }: SlackSignature,
  body: Uint8Array,
  secret: string,
  now: number,
): boolean {
  if (!isSlackTimestampFresh(timestamp, now) || signature === undefined) return false;
  const expected = Buffer.from(
    `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest("hex")}`,
  );
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
