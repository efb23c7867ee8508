import { z } from "zod";
import { base, bearer, parameterName, part } from "../place-parts.ts";
import { fieldOf, runReading, startedAs } from "../read-answer.ts";
import { runName } from "../run-name.ts";
import { defineTarget } from "../target-definition.ts";

/** prefectTarget is a deployment of Prefect 3; the address is that of its API. The flow has one parameter, a dictionary. */
export const prefectTarget = defineTarget({
  kind: "prefect",
  label: "Prefect",
  schema: z.strictObject({ kind: z.literal("prefect"), deployment_id: z.uuid(), parameter: parameterName }),
  needsToken: false,
  start: ({ url, token, settings }, request) => ({
    method: "POST",
    url: `${base(url)}/deployments/${part(settings.deployment_id)}/create_flow_run`,
    headers: bearer(token),
    body: {
      parameters: { [settings.parameter]: request },
      name: runName(request.data.retraining_id),
      tags: ["leeway"],
      idempotency_key: request.data.retraining_id,
    },
  }),
  readStart: (answer) => startedAs(fieldOf(answer, "id")),
  poll: {
    request: ({ url, token }, runId) => ({
      ...{ method: "GET", headers: bearer(token) },
      url: `${base(url)}/flow_runs/${part(runId)}`,
    }),
    read: (answer) =>
      runReading(fieldOf(answer, "state_type"), {
        succeeded: ["COMPLETED"],
        failed: ["FAILED", "CRASHED", "CANCELLED"],
      }),
  },
});
