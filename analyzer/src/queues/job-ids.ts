import { createHash } from "node:crypto";

/** evaluateJobId returns the one job id of a model's scheduled pass: while it waits or runs, adding it again changes nothing. */
export function evaluateJobId(project: string, model: string): string {
  return `evaluate-${digest([project, model])}`;
}

/** deliverJobId returns the one job id of a notification. */
export function deliverJobId(project: string, notificationId: string): string {
  return `deliver-${digest([project, notificationId])}`;
}

// Queue ids may hold neither colons nor plain numbers; names may.
function digest(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
