import { z } from "zod";
import { requestParameter } from "../../retraining-request.ts";
import { base, bearer, parameterName, part, settingText } from "../place-parts.ts";
import { fieldOf, runReading, startedAs } from "../read-answer.ts";
import { runName } from "../run-name.ts";
import { defineTarget } from "../target-definition.ts";

const MOST_BYTES = 60_000;

/** argoWorkflowsTarget is a workflow template of Argo Workflows. The template declares one parameter. */
export const argoWorkflowsTarget = defineTarget({
  kind: "argo_workflows",
  label: "Argo Workflows",
  schema: z.strictObject({
    kind: z.literal("argo_workflows"),
    namespace: settingText,
    template: settingText,
    template_kind: z
      .enum(["WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"])
      .default("WorkflowTemplate"),
    parameter: parameterName,
  }),
  needsToken: true,
  start: ({ url, token, settings }, request) => ({
    method: "POST",
    url: `${base(url)}/api/v1/workflows/${part(settings.namespace)}/submit`,
    headers: bearer(token),
    body: {
      namespace: settings.namespace,
      resourceKind: settings.template_kind,
      resourceName: settings.template,
      submitOptions: {
        generateName: `${runName(request.data.retraining_id).slice(-40)}-`.replace(/^-+/, ""),
        parameters: [`${settings.parameter}=${requestParameter(request, MOST_BYTES)}`],
        labels: "app.kubernetes.io/managed-by=leeway",
      },
    },
  }),
  readStart: (answer) => startedAs(fieldOf(answer, "metadata", "name")),
  poll: {
    request: ({ url, token, settings }, runId) => ({
      ...{ method: "GET", headers: bearer(token) },
      url: `${base(url)}/api/v1/workflows/${part(settings.namespace)}/${part(runId)}`,
    }),
    read: (answer) =>
      runReading(fieldOf(answer, "status", "phase"), {
        succeeded: ["Succeeded"],
        failed: ["Failed", "Error"],
      }),
  },
});
