import { z } from "zod";
import { requestParameter } from "../../retraining-request.ts";
import { base, bearer, parameterName, part, settingText } from "../place-parts.ts";
import { fieldOf, runReading, startedAs } from "../read-answer.ts";
import { defineTarget } from "../target-definition.ts";

// All inputs together may hold 65,535 characters.
const MOST_BYTES = 60_000;

/**
 * githubTarget is a workflow of GitHub Actions with `on: workflow_dispatch` and one input. A server that answers 204 names no run: the job then
 * reports itself.
 */
export const githubTarget = defineTarget({
  kind: "github",
  label: "GitHub Actions",
  schema: z.strictObject({
    kind: z.literal("github"),
    repository: z.string().regex(/^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/, "must be owner/name"),
    /** Name of the file or id of the workflow. */
    workflow: settingText,
    ref: settingText.default("main"),
    parameter: parameterName,
    /** False for an Enterprise Server that refuses `return_run_details`. */
    run_details: z.boolean().default(true),
  }),
  needsToken: true,
  start: ({ url, token, settings }, request) => ({
    method: "POST",
    url: `${base(url)}/repos/${settings.repository}/actions/workflows/${part(settings.workflow)}/dispatches`,
    headers: headersOf(token),
    body: {
      ref: settings.ref,
      inputs: { [settings.parameter]: requestParameter(request, MOST_BYTES) },
      ...(settings.run_details ? { return_run_details: true } : {}),
    },
  }),
  readStart: (answer) => startedAs(fieldOf(answer, "workflow_run_id"), fieldOf(answer, "html_url")),
  poll: {
    request: ({ url, token, settings }, runId) => ({
      ...{ method: "GET", headers: headersOf(token) },
      url: `${base(url)}/repos/${settings.repository}/actions/runs/${part(runId)}`,
    }),
    read: (answer) =>
      runReading(fieldOf(answer, "conclusion"), {
        succeeded: ["success"],
        failed: [
          "failure",
          "cancelled",
          "timed_out",
          "startup_failure",
          "stale",
          "skipped",
          "action_required",
          "neutral",
        ],
      }),
  },
});

function headersOf(token: string | undefined): Record<string, string> {
  return { ...bearer(token), accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28" };
}
