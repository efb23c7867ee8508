import { z } from "zod";
import { requestParameter } from "../../retraining-request.ts";
import { base, bearer, parameterName, part, settingText } from "../place-parts.ts";
import { fieldOf, runReading, startedAs } from "../read-answer.ts";
import { runName } from "../run-name.ts";
import { defineTarget } from "../target-definition.ts";

const MOST_BYTES = 10_000;

/** kubeflowTarget is a pipeline of Kubeflow Pipelines (API v2beta1). The pipeline declares one parameter of type string. */
export const kubeflowTarget = defineTarget({
  kind: "kubeflow",
  label: "Kubeflow Pipelines",
  schema: z.strictObject({
    kind: z.literal("kubeflow"),
    pipeline_id: settingText,
    pipeline_version_id: settingText.optional(),
    experiment_id: settingText.optional(),
    service_account: settingText.optional(),
    parameter: parameterName,
  }),
  needsToken: false,
  start: ({ url, token, settings }, request) => ({
    method: "POST",
    url: `${base(url)}/apis/v2beta1/runs`,
    headers: bearer(token),
    body: {
      display_name: runName(request.data.retraining_id),
      ...(settings.experiment_id === undefined ? {} : { experiment_id: settings.experiment_id }),
      pipeline_version_reference: {
        pipeline_id: settings.pipeline_id,
        ...(settings.pipeline_version_id === undefined
          ? {}
          : { pipeline_version_id: settings.pipeline_version_id }),
      },
      runtime_config: { parameters: { [settings.parameter]: requestParameter(request, MOST_BYTES) } },
      ...(settings.service_account === undefined ? {} : { service_account: settings.service_account }),
    },
  }),
  readStart: (answer) => startedAs(fieldOf(answer, "run_id")),
  poll: {
    request: ({ url, token }, runId) => ({
      ...{ method: "GET", headers: bearer(token) },
      url: `${base(url)}/apis/v2beta1/runs/${part(runId)}`,
    }),
    read: (answer) =>
      runReading(fieldOf(answer, "state"), {
        succeeded: ["SUCCEEDED"],
        failed: ["FAILED", "CANCELED", "SKIPPED"],
      }),
  },
});
