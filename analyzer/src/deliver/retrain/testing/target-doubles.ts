import type { TargetKind } from "@leeway/core/retraining";
import { z } from "zod";
import { airflow } from "./airflow-double.ts";
import {
  bearer,
  json,
  parse,
  REFUSED,
  restDouble,
  type TargetDouble,
  taken,
  text,
  UNKNOWN,
  word,
} from "./target-double.ts";

const DEPLOYMENT = "5b1fb2b6-2b57-4a0a-8c3c-3f4b7c1f6a11";

/** TARGET_DOUBLES has a double for every kind of target, and for each version of an API that differs; the compiler asks for a missing one. */
export const TARGET_DOUBLES: Readonly<Record<TargetKind, TargetDouble>> & Record<string, TargetDouble> = {
  webhook: {
    settings: {},
    isIdempotent: true,
    requestIn: (body) => body,
    answer({ headers, body }, runs) {
      const id = headers["webhook-id"];
      if (id === undefined || !(headers["webhook-signature"] ?? "").startsWith("v1,")) return REFUSED;
      runs.set(id, body);
      return { status: 204 };
    },
  },
  airflow: { ...airflow(3), settings: { dag_id: "retrain", user: "leeway" } },
  "airflow 2": { ...airflow(2), settings: { dag_id: "retrain", user: "leeway", version: 2 } },
  kubeflow: restDouble({
    settings: {
      pipeline_id: "p1",
      pipeline_version_id: "v1",
      experiment_id: "e1",
      service_account: "trainer",
    },
    token: "sa-token",
    header: bearer,
    startPath: "/apis/v2beta1/runs",
    runPath: (id) => `/apis/v2beta1/runs/${id}`,
    schema: z.strictObject({
      display_name: text,
      experiment_id: text.optional(),
      pipeline_version_reference: z.strictObject({ pipeline_id: text, pipeline_version_id: text.optional() }),
      runtime_config: z.strictObject({ parameters: z.strictObject({ leeway_request: json }) }),
      service_account: text.optional(),
    }),
    created: (id) => ({ status: 200, body: { run_id: id, state: "PENDING" } }),
    state: (end) => ({ state: word("RUNNING", "SUCCEEDED", "FAILED")(end) }),
    requestIn: (body: { runtime_config: { parameters: { leeway_request: string } } }) =>
      parse(body.runtime_config.parameters.leeway_request),
  }),
  ray: restDouble({
    settings: { entrypoint: "python retrain.py", working_dir: "s3://jobs/retrain.zip" },
    token: "gateway",
    header: bearer,
    startPath: "/api/jobs/",
    runPath: (id) => `/api/jobs/${id}`,
    schema: z.strictObject({
      entrypoint: text,
      submission_id: text,
      runtime_env: z.strictObject({ working_dir: text.optional(), env_vars: z.record(text, z.string()) }),
      metadata: z.record(text, z.string()),
    }),
    ownId: (body: { submission_id: string }) => body.submission_id,
    repeated: { status: 400 },
    created: (id) => ({ status: 200, body: { submission_id: id, job_id: id } }),
    state: (end) => ({ status: word("RUNNING", "SUCCEEDED", "FAILED")(end) }),
    requestIn: (body: { runtime_env: { env_vars: Record<string, string> } }) =>
      parse(body.runtime_env.env_vars["LEEWAY_REQUEST"]),
  }),
  argo_events: {
    settings: { event: "retrain" },
    token: "source-token",
    isIdempotent: false,
    requestIn: ({ payload }: { payload: { test: string; retraining_id: string } }) => ({
      data: { ...payload, test: JSON.parse(payload.test) },
    }),
    answer({ headers, body }, runs) {
      if (headers["authorization"] !== "Bearer source-token") return REFUSED;
      const payload = z
        .object({ name: text, id: text, timestamp: z.int(), utc_date: z.string().regex(/^\d{8}$/) })
        .extend({ "generated-by-metaflow": z.literal(true) })
        .catchall(z.string());
      return taken(z.strictObject({ name: z.literal("retrain"), payload }), body, runs, () => ({
        id: `run-${runs.size + 1}`,
        answer: { status: 200, body: "success" },
      }));
    },
  },
  argo_workflows: restDouble({
    settings: { namespace: "ml", template: "retrain" },
    token: "sa-token",
    header: bearer,
    startPath: "/api/v1/workflows/ml/submit",
    runPath: (id) => `/api/v1/workflows/ml/${id}`,
    schema: z.strictObject({
      namespace: z.literal("ml"),
      resourceKind: z.enum(["WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"]),
      resourceName: z.literal("retrain"),
      submitOptions: z.strictObject({
        generateName: z.string().regex(/^[a-z0-9][a-z0-9-]{0,57}-$/),
        parameters: z.array(z.string().regex(/^leeway_request=/)).length(1),
        labels: z.string().regex(/^[a-z0-9./-]+=[a-z0-9-]+$/),
      }),
    }),
    created: (id) => ({ status: 200, body: { metadata: { name: id } } }),
    state: (end) => ({ status: { phase: word("Running", "Succeeded", "Error")(end) } }),
    requestIn: (body: { submitOptions: { parameters: [string] } }) =>
      parse(body.submitOptions.parameters[0].slice("leeway_request=".length)),
  }),
  github: restDouble({
    settings: { repository: "acme/models", workflow: "retrain.yml" },
    token: "github_pat_1",
    header: bearer,
    startPath: "/repos/acme/models/actions/workflows/retrain.yml/dispatches",
    runPath: (id) => `/repos/acme/models/actions/runs/${id}`,
    schema: z.strictObject({
      ref: z.literal("main"),
      inputs: z.strictObject({ leeway_request: json.max(65_535) }),
      return_run_details: z.boolean().optional(),
    }),
    created: (id) => ({
      status: 200,
      body: { workflow_run_id: id, html_url: `https://github.com/acme/models/actions/runs/${id}` },
    }),
    state: (end) => ({
      status: end === undefined ? "in_progress" : "completed",
      conclusion: end === undefined ? null : word("", "success", "failure")(end),
    }),
    requestIn: (body: { inputs: { leeway_request: string } }) => parse(body.inputs.leeway_request),
  }),
  gitlab: restDouble({
    settings: { project: "acme/models" },
    token: "glpat-1",
    header: (token) => ["private-token", token],
    startPath: "/api/v4/projects/acme%2Fmodels/pipeline",
    runPath: (id) => `/api/v4/projects/acme%2Fmodels/pipelines/${id}`,
    schema: z.strictObject({
      ref: z.literal("main"),
      variables: z.array(z.strictObject({ key: z.literal("LEEWAY_REQUEST"), value: json })).length(1),
    }),
    created: (id) => ({
      status: 201,
      body: { id, web_url: `https://gitlab.example/${id}`, status: "created" },
    }),
    state: (end) => ({ status: word("running", "success", "failed")(end) }),
    requestIn: (body: { variables: [{ value: string }] }) => parse(body.variables[0].value),
  }),
  prefect: restDouble({
    settings: { deployment_id: DEPLOYMENT },
    token: "pnu_1",
    header: bearer,
    startPath: `/deployments/${DEPLOYMENT}/create_flow_run`,
    runPath: (id) => `/flow_runs/${id}`,
    schema: z.strictObject({
      parameters: z.strictObject({ leeway_request: z.looseObject({ data: z.looseObject({}) }) }),
      name: text,
      tags: z.array(z.string()),
      idempotency_key: text,
    }),
    ownId: (body: { idempotency_key: string }) => body.idempotency_key,
    created: (id) => ({ status: 201, body: { id, state_type: "SCHEDULED" } }),
    state: (end) => ({ state_type: word("RUNNING", "COMPLETED", "CRASHED")(end) }),
    requestIn: (body: { parameters: { leeway_request: unknown } }) => body.parameters.leeway_request,
  }),
  dagster: {
    settings: { repository: "__repository__", location: "models", job: "retrain", op: "train" },
    token: "agent:acme:1",
    isIdempotent: false,
    requestIn: (body: {
      variables: { params: { runConfigData: { ops: { train: { config: { leeway_request: string } } } } } };
    }) => parse(body.variables.params.runConfigData.ops.train.config.leeway_request),
    answer({ method, path, headers, body }, runs, end) {
      if (method !== "POST" || path !== "/graphql") return UNKNOWN;
      if (headers["dagster-cloud-api-token"] !== "agent:acme:1") return REFUSED;
      const { query } = body as { query: string };
      if (query.startsWith("query")) {
        const status = word("STARTED", "SUCCESS", "FAILURE")(end);
        return { status: 200, body: { data: { runOrError: { __typename: "Run", status } } } };
      }
      const selector = { repositoryLocationName: text, repositoryName: text, jobName: z.literal("retrain") };
      const params = z.strictObject({
        selector: z.strictObject(selector),
        runConfigData: z.strictObject({
          ops: z.record(text, z.strictObject({ config: z.strictObject({ leeway_request: json }) })),
        }),
        executionMetadata: z.strictObject({ tags: z.array(z.strictObject({ key: text, value: text })) }),
      });
      return taken(z.strictObject({ query: text, variables: z.strictObject({ params }) }), body, runs, () => {
        const runId = `run-${runs.size + 1}`;
        const launchRun = { __typename: "LaunchRunSuccess", run: { runId } };
        return { id: runId, answer: { status: 200, body: { data: { launchRun } } } };
      });
    },
  },
  databricks: {
    settings: { job_id: 42 },
    token: "dapi1",
    isIdempotent: true,
    requestIn: (body: { job_parameters: { leeway_request: string } }) =>
      parse(body.job_parameters.leeway_request),
    answer({ method, path, headers, body }, runs, end) {
      if (headers["authorization"] !== "Bearer dapi1") return REFUSED;
      if (method === "POST" && path === "/api/2.2/jobs/run-now") {
        const schema = z.strictObject({
          job_id: z.literal(42),
          idempotency_token: text.max(64),
          job_parameters: z.strictObject({ leeway_request: json.max(10_000) }),
        });
        return taken(schema, body, runs, ({ idempotency_token: id }: { idempotency_token: string }) => ({
          id,
          answer: { status: 200, body: { run_id: 455_644_833, number_in_job: 1 } },
        }));
      }
      if (path !== "/api/2.2/jobs/runs/get?run_id=455644833") return UNKNOWN;
      const state =
        end === undefined
          ? { life_cycle_state: "RUNNING" }
          : { life_cycle_state: "TERMINATED", result_state: word("", "SUCCESS", "FAILED")(end) };
      return { status: 200, body: { state } };
    },
  },
  kubernetes: restDouble({
    settings: {
      namespace: "ml",
      image: "acme/retrain:1",
      command: ["python", "retrain.py"],
      service_account: "trainer",
    },
    token: "sa-token",
    header: bearer,
    startPath: "/apis/batch/v1/namespaces/ml/jobs",
    runPath: (id) => `/apis/batch/v1/namespaces/ml/jobs/${id}`,
    schema: z.strictObject({
      apiVersion: z.literal("batch/v1"),
      kind: z.literal("Job"),
      metadata: z.strictObject({
        name: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
        labels: z.record(text, text),
      }),
      spec: z.strictObject({
        backoffLimit: z.literal(0),
        activeDeadlineSeconds: z.int().positive(),
        ttlSecondsAfterFinished: z.int().positive(),
        template: z.strictObject({
          spec: z.strictObject({
            restartPolicy: z.enum(["Never", "OnFailure"]),
            serviceAccountName: text.optional(),
            containers: z
              .array(
                z.strictObject({
                  name: text,
                  image: text,
                  command: z.array(text).optional(),
                  env: z.array(z.strictObject({ name: text, value: z.string() })),
                }),
              )
              .length(1),
          }),
        }),
      }),
    }),
    ownId: (body: { metadata: { name: string } }) => body.metadata.name,
    repeated: { status: 409, body: { reason: "AlreadyExists" } },
    created: (id) => ({ status: 201, body: { metadata: { name: id } } }),
    state: (end) => ({
      status:
        end === undefined
          ? { active: 1 }
          : { conditions: [{ type: end === "succeeded" ? "Complete" : "Failed", status: "True" }] },
    }),
    requestIn: (body: { spec: { template: { spec: { containers: [{ env: [{ value: string }] }] } } } }) =>
      parse(body.spec.template.spec.containers[0].env[0].value),
  }),
};
