import { createHash } from "node:crypto";
import type { EvaluateJob } from "@leeway/core/queue";

/**
 * evaluateJobId returns the one job id of a model's scheduled pass: while it waits or runs, adding it again changes nothing. One that is more urgent is another job,
 * because a job that waits keeps its place.
 */
export function evaluateJobId(job: Pick<EvaluateJob, "project" | "model" | "part" | "priority">): string {
  const { project, model, part = "all", priority = 0 } = job;
  return `evaluate-${digest([project, model, part, String(priority)])}`;
}

/** deliverJobId returns the one job id of a notification. */
export function deliverJobId(project: string, notificationId: string): string {
  return `deliver-${digest([project, notificationId])}`;
}

// Queue ids may hold neither colons nor plain numbers; names may.
function digest(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
