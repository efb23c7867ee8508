import { z } from "zod";
import { requestParameter } from "../../retraining-request.ts";
import { base, part, settingText } from "../place-parts.ts";
import { fieldOf, runReading, startedAs } from "../read-answer.ts";
import { defineTarget } from "../target-definition.ts";

const MOST_BYTES = 10_000;

/** gitlabTarget is a pipeline of GitLab CI; the token is an access token with the scope `api`. The job reads a variable. */
export const gitlabTarget = defineTarget({
  kind: "gitlab",
  label: "GitLab CI",
  schema: z.strictObject({
    kind: z.literal("gitlab"),
    /** Number of the project, or its path. */
    project: settingText,
    ref: settingText.default("main"),
    variable: z
      .string()
      .regex(/^[A-Za-z0-9_]{1,255}$/)
      .default("LEEWAY_REQUEST"),
  }),
  needsToken: true,
  start: ({ url, token, settings }, request) => ({
    method: "POST",
    url: `${base(url)}/api/v4/projects/${part(settings.project)}/pipeline`,
    headers: { "private-token": token ?? "" },
    body: {
      ref: settings.ref,
      variables: [{ key: settings.variable, value: requestParameter(request, MOST_BYTES) }],
    },
  }),
  readStart: (answer) => startedAs(fieldOf(answer, "id"), fieldOf(answer, "web_url")),
  poll: {
    request: ({ url, token, settings }, runId) => ({
      ...{ method: "GET", headers: { "private-token": token ?? "" } },
      url: `${base(url)}/api/v4/projects/${part(settings.project)}/pipelines/${part(runId)}`,
    }),
    read: (answer) =>
      runReading(fieldOf(answer, "status"), {
        succeeded: ["success"],
        failed: ["failed", "canceled", "skipped"],
      }),
  },
});
