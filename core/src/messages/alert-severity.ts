import type { Incident, Notification, Severity } from "../records/index.ts";

/** alertSeverity returns how urgent a message is to an on-call service: as its incident is, and a test is never more than a notice. O(1). */
export function alertSeverity(
  { severity }: Pick<Incident, "severity">,
  transition: Notification["transition"],
): Severity {
  return transition === "test" ? "notice" : severity;
}
