import { z } from "zod";
import { base, settingText } from "../place-parts.ts";
import { fieldOf, runReading, startedAs } from "../read-answer.ts";
import { defineTarget } from "../target-definition.ts";

const LAUNCH = `mutation Launch($params: ExecutionParams!) {
  launchRun(executionParams: $params) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on RunConfigValidationInvalid { errors { message } }
    ... on PythonError { message }
  }
}`;
const STATUS = `query Status($runId: ID!) {
  runOrError(runId: $runId) { __typename ... on Run { status } }
}`;

/** dagsterTarget is a job of Dagster, over GraphQL. The job reads the request from the configuration of one op or resource. */
export const dagsterTarget = defineTarget({
  kind: "dagster",
  label: "Dagster",
  schema: z.strictObject({
    kind: z.literal("dagster"),
    repository: settingText,
    location: settingText,
    job: settingText,
    /** The op whose configuration has the field `leeway_request`. */
    op: settingText,
  }),
  needsToken: false,
  start: ({ url, token, settings }, request) => ({
    method: "POST",
    url: `${base(url)}/graphql`,
    headers: headersOf(token),
    body: {
      query: LAUNCH,
      variables: {
        params: {
          selector: {
            repositoryLocationName: settings.location,
            repositoryName: settings.repository,
            jobName: settings.job,
          },
          runConfigData: { ops: { [settings.op]: { config: { leeway_request: JSON.stringify(request) } } } },
          executionMetadata: { tags: [{ key: "leeway/retraining", value: request.data.retraining_id }] },
        },
      },
    },
  }),
  // Dagster answers 200 whatever happened: the type says what did.
  readStart(answer) {
    const launched = fieldOf(answer, "data", "launchRun", "__typename");
    return launched === "LaunchRunSuccess"
      ? startedAs(fieldOf(answer, "data", "launchRun", "run", "runId"))
      : { outcome: "refused", reason: `Dagster answered ${launched ?? "without a result"}` };
  },
  poll: {
    request: ({ url, token }, runId) => ({
      ...{ method: "POST", url: `${base(url)}/graphql`, headers: headersOf(token) },
      body: { query: STATUS, variables: { runId } },
    }),
    read: (answer) =>
      runReading(fieldOf(answer, "data", "runOrError", "status"), {
        succeeded: ["SUCCESS"],
        failed: ["FAILURE", "CANCELED"],
      }),
  },
});

function headersOf(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { "dagster-cloud-api-token": token };
}
