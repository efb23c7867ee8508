import type { TestOutcome } from "@leeway/store";

/** testSentence says what became of a message that tries a channel out. O(fields of the answer). */
export function testSentence({
  status,
  error,
  answer = {},
  took_ms,
}: Omit<TestOutcome, "notification_id">): string {
  const took = took_ms === undefined ? "" : ` after ${Math.round(took_ms)} ms`;
  const said = Object.entries(answer).map(([name, text]) => `${name} ${text}`);
  switch (status) {
    case "sent":
      return `The test arrived${took}${said.length === 0 ? "" : `: ${said.join(", ")}`}.`;
    case "queued":
      return "The test is still on its way. Is the analyzer running?";
    case "failed":
    case "silenced":
    case "superseded":
    case "not_subscribed":
      return `The test did not arrive${took}: ${error ?? "no answer"}`;
    default:
      return status satisfies never;
  }
}
