import { z } from "zod";
import { requestParameter } from "../../retraining-request.ts";
import { base, bearer, parameterName, part } from "../place-parts.ts";
import { fieldOf, runReading, startedAs } from "../read-answer.ts";
import { runName } from "../run-name.ts";
import { defineTarget } from "../target-definition.ts";

// All parameters of a job together may hold 10,000 bytes.
const MOST_BYTES = 9_000;

/** databricksTarget is a job of Databricks (Jobs API 2.2) with one parameter. */
export const databricksTarget = defineTarget({
  kind: "databricks",
  label: "Databricks",
  schema: z.strictObject({
    kind: z.literal("databricks"),
    job_id: z.number().int().positive(),
    parameter: parameterName,
  }),
  needsToken: true,
  start: ({ url, token, settings }, request) => ({
    method: "POST",
    url: `${base(url)}/api/2.2/jobs/run-now`,
    headers: bearer(token),
    body: {
      job_id: settings.job_id,
      idempotency_token: runName(request.data.retraining_id),
      job_parameters: { [settings.parameter]: requestParameter(request, MOST_BYTES) },
    },
  }),
  readStart: (answer) => startedAs(fieldOf(answer, "run_id")),
  poll: {
    request: ({ url, token }, runId) => ({
      ...{ method: "GET", headers: bearer(token) },
      url: `${base(url)}/api/2.2/jobs/runs/get?run_id=${part(runId)}`,
    }),
    read: (answer) =>
      runReading(fieldOf(answer, "state", "result_state") ?? fieldOf(answer, "state", "life_cycle_state"), {
        succeeded: ["SUCCESS"],
        failed: [
          ...["FAILED", "TIMEDOUT", "CANCELED", "UPSTREAM_FAILED", "UPSTREAM_CANCELED"],
          ...["MAXIMUM_CONCURRENT_RUNS_REACHED", "EXCLUDED", "SKIPPED", "INTERNAL_ERROR"],
        ],
      }),
  },
});
