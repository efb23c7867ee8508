import { z } from "zod";
import { requestParameter } from "../../retraining-request.ts";
import { base, bearer, part, settingText } from "../place-parts.ts";
import { fieldOf, runReading, startedAs } from "../read-answer.ts";
import { runName } from "../run-name.ts";
import { defineTarget } from "../target-definition.ts";

const MOST_BYTES = 30_000;

/** rayTarget is a job of a Ray cluster (Jobs REST API). The job reads the request from the variable `LEEWAY_REQUEST`. */
export const rayTarget = defineTarget({
  kind: "ray",
  label: "Ray Jobs",
  schema: z.strictObject({
    kind: z.literal("ray"),
    entrypoint: settingText,
    working_dir: settingText.optional(),
  }),
  needsToken: false,
  runId: runName,
  start: ({ url, token, settings }, request) => ({
    method: "POST",
    url: `${base(url)}/api/jobs/`,
    headers: bearer(token),
    body: {
      entrypoint: settings.entrypoint,
      submission_id: runName(request.data.retraining_id),
      runtime_env: {
        ...(settings.working_dir === undefined ? {} : { working_dir: settings.working_dir }),
        env_vars: { LEEWAY_REQUEST: requestParameter(request, MOST_BYTES) },
      },
      metadata: { leeway_retraining: request.data.retraining_id, model: request.data.model },
    },
  }),
  readStart: (answer) => startedAs(fieldOf(answer, "submission_id")),
  poll: {
    request: ({ url, token }, runId) => ({
      ...{ method: "GET", headers: bearer(token) },
      url: `${base(url)}/api/jobs/${part(runId)}`,
    }),
    read: (answer) =>
      runReading(fieldOf(answer, "status"), { succeeded: ["SUCCEEDED"], failed: ["FAILED", "STOPPED"] }),
  },
});
