import { z } from "zod";
import { base, bearer, part, settingText } from "../place-parts.ts";
import { fieldOf, runReading, startedAs } from "../read-answer.ts";
import { runName } from "../run-name.ts";
import { defineTarget, type TargetPlace, type TargetRequest } from "../target-definition.ts";

const schema = z.strictObject({
  kind: z.literal("airflow"),
  dag_id: settingText,
  /** Major version of the server. */
  version: z.union([z.literal(2), z.literal(3)]).default(3),
  /** Where given, the token is this user's password. */
  user: settingText.optional(),
});

/** airflowTarget is a DAG of Apache Airflow 2 (`/api/v1`) or 3 (`/api/v2`). The job reads the request from `dag_run.conf`. */
export const airflowTarget = defineTarget({
  kind: "airflow",
  label: "Airflow",
  schema,
  needsToken: true,
  runId: runName,
  start: (place, request) => ({
    ...entry(place),
    method: "POST",
    url: runsOf(place),
    body: {
      dag_run_id: runName(request.data.retraining_id),
      conf: { ...request },
      note: request.data.link,
      // Airflow 3 refuses a body without the key; Airflow 2 makes the date itself where it is absent.
      ...(place.settings.version === 3 ? { logical_date: null } : {}),
    },
  }),
  readStart: (answer) => startedAs(fieldOf(answer, "dag_run_id")),
  poll: {
    request: (place, runId) => ({ ...entry(place), method: "GET", url: `${runsOf(place)}/${part(runId)}` }),
    read: (answer) => runReading(fieldOf(answer, "state"), { succeeded: ["success"], failed: ["failed"] }),
  },
});

type Place = TargetPlace<z.output<typeof schema>>;

function runsOf({ url, settings }: Place): string {
  return `${base(url)}/api/v${settings.version === 3 ? 2 : 1}/dags/${part(settings.dag_id)}/dagRuns`;
}

function entry({ url, token, settings }: Place): Pick<TargetRequest, "headers" | "login"> {
  if (settings.user === undefined) return { headers: bearer(token) };
  if (settings.version === 2) {
    return { headers: { authorization: `Basic ${base64(`${settings.user}:${token ?? ""}`)}` } };
  }
  return {
    headers: {},
    login: {
      request: {
        ...{ method: "POST", url: `${base(url)}/auth/token`, headers: {} },
        body: { username: settings.user, password: token ?? "" },
      },
      // The documentation says `jwt_token`, servers answer `access_token`.
      readToken: (answer) => fieldOf(answer, "access_token") ?? fieldOf(answer, "jwt_token"),
    },
  };
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
