import { z } from "zod";
import { REFUSED, type TargetDouble, taken, text, UNKNOWN } from "./target-double.ts";

/** airflow returns a double of Airflow of one major version. */
export function airflow(version: 2 | 3): Omit<TargetDouble, "settings"> {
  const path = `/api/v${version === 3 ? 2 : 1}/dags/retrain/dagRuns`;
  const common = { dag_run_id: text, conf: z.looseObject({}), note: z.string().nullable().optional() };
  const schema =
    version === 3
      ? z.strictObject({ ...common, logical_date: z.null().or(text) })
      : z.strictObject({ ...common, logical_date: text.optional() });
  return {
    token: "password",
    isIdempotent: true,
    requestIn: (body: { conf: unknown }) => body.conf,
    answer({ method, path: asked, headers, body }, runs, end) {
      if (version === 3 && asked === "/auth/token") {
        const login = z.strictObject({ username: z.literal("leeway"), password: z.literal("password") });
        return login.safeParse(body).success ? { status: 201, body: { access_token: "jwt" } } : REFUSED;
      }
      const expected =
        version === 3 ? "Bearer jwt" : `Basic ${Buffer.from("leeway:password").toString("base64")}`;
      if (headers["authorization"] !== expected) return REFUSED;
      if (method === "POST" && asked === path) {
        return taken(schema, body, runs, ({ dag_run_id: id }: { dag_run_id: string }) => ({
          id,
          answer: { status: 200, body: { dag_run_id: id, state: "queued" } },
          isKnown: { status: 409 },
        }));
      }
      const id = asked.slice(path.length + 1);
      if (method !== "GET" || !runs.has(id)) return UNKNOWN;
      const state = end === undefined ? "running" : end === "succeeded" ? "success" : "failed";
      return { status: 200, body: { dag_run_id: id, state } };
    },
  };
}
