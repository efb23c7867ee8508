import { z } from "zod";
import { paragraphsSchema } from "../../../wire/index.ts";
import { requestParameter } from "../../retraining-request.ts";
import { base, bearer, part, settingText } from "../place-parts.ts";
import { startedAs } from "../read-answer.ts";
import { runName } from "../run-name.ts";
import { defineTarget, type RunReading } from "../target-definition.ts";

const MOST_BYTES = 60_000;
const KEPT_SECONDS = 7 * 86_400;

/** kubernetesTarget is a Job of Kubernetes (batch/v1). Its name is fixed, so that it is made once. The container reads `LEEWAY_REQUEST`. */
export const kubernetesTarget = defineTarget({
  kind: "kubernetes",
  label: "Kubernetes Job",
  schema: z.strictObject({
    kind: z.literal("kubernetes"),
    namespace: settingText,
    image: settingText,
    command: z.array(paragraphsSchema(4_096).min(1)).max(64).optional(),
    service_account: settingText.optional(),
    /** Certificates of the cluster's authority, in PEM. */
    certificate_authority: z.string().startsWith("-----BEGIN CERTIFICATE-----").max(65_536).optional(),
    most_seconds: z.number().int().positive().default(86_400),
  }),
  needsToken: true,
  runId: runName,
  start: ({ url, token, settings }, request) => ({
    method: "POST",
    url: jobsOf(url, settings.namespace),
    headers: bearer(token),
    ...authorityOf(settings),
    body: {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: {
        name: runName(request.data.retraining_id),
        labels: { "app.kubernetes.io/managed-by": "leeway" },
      },
      spec: {
        // A retraining that failed is decided on again; it is not repeated behind Leeway's back.
        backoffLimit: 0,
        activeDeadlineSeconds: settings.most_seconds,
        ttlSecondsAfterFinished: KEPT_SECONDS,
        template: {
          spec: {
            restartPolicy: "Never",
            ...(settings.service_account === undefined
              ? {}
              : { serviceAccountName: settings.service_account }),
            containers: [
              {
                name: "retrain",
                image: settings.image,
                ...(settings.command === undefined ? {} : { command: settings.command }),
                env: [{ name: "LEEWAY_REQUEST", value: requestParameter(request, MOST_BYTES) }],
              },
            ],
          },
        },
      },
    },
  }),
  readStart: (answer) => startedAs(nameOf(answer)),
  poll: {
    request: ({ url, token, settings }, runId) => ({
      ...{ method: "GET", headers: bearer(token), ...authorityOf(settings) },
      url: `${jobsOf(url, settings.namespace)}/${part(runId)}`,
    }),
    read: readJob,
  },
});

const jobSchema = z.object({
  metadata: z.object({ name: z.string() }).optional(),
  status: z
    .object({
      conditions: z
        .array(z.object({ type: z.string(), status: z.string(), message: z.string().optional() }))
        .optional(),
    })
    .optional(),
});

function readJob(answer: unknown): RunReading {
  const parsed = jobSchema.safeParse(answer);
  const conditions = parsed.success ? (parsed.data.status?.conditions ?? []) : [];
  const isTrue = (type: string) => conditions.find((one) => one.type === type && one.status === "True");
  if (isTrue("Complete") !== undefined) return { status: "succeeded" };
  const failed = isTrue("Failed");
  return failed === undefined
    ? { status: "running" }
    : { status: "failed", message: failed.message ?? "the Job failed" };
}

function nameOf(answer: unknown): string | undefined {
  const parsed = jobSchema.safeParse(answer);
  return parsed.success ? parsed.data.metadata?.name : undefined;
}

function authorityOf(settings: { certificate_authority?: string | undefined }) {
  return settings.certificate_authority === undefined
    ? {}
    : { certificateAuthority: settings.certificate_authority };
}

function jobsOf(url: string, namespace: string): string {
  return `${base(url)}/apis/batch/v1/namespaces/${part(namespace)}/jobs`;
}
