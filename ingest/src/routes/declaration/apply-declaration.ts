import { newSecret } from "@leeway/core/channels";
import { invalidInput } from "@leeway/core/input";
import { identifierSchema } from "@leeway/core/wire";
import type { Store } from "@leeway/store";
import { z } from "zod";
import { actorOf } from "../../auth/principal.ts";
import { DECLARED_SECTIONS, declarationSchema } from "../../declaration/declaration-schema.ts";
import { planDeclaration, type StoredDeclarables } from "../../declaration/plan-declaration.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const body = declarationSchema.safeExtend({
  dry_run: z.boolean().default(false).describe("only checks, and says what would change"),
  prune: z
    .boolean()
    .default(false)
    .describe("removes channels, monitors and silences that are not declared, in the sections that are"),
});

const answer = z.object({
  applied: z.boolean(),
  changes: z.array(
    z.object({
      section: z.enum(DECLARED_SECTIONS),
      id: z.string(),
      action: z.enum(["create", "change", "remove"]),
      fields: z.array(
        z.object({ field: z.string(), from: z.unknown().optional(), to: z.unknown().optional() }),
      ),
    }),
  ),
  unchanged: z.number().int(),
  /** Signing secrets that the server made, shown in this answer only. */
  secrets: z.array(z.object({ channel: identifierSchema, secret: z.string() })),
});

/** applyDeclaration is `POST /v1/declaration`: what files declare becomes what there is, all of it or nothing. */
export function applyDeclaration({ store, now, randomBytes }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/declaration",
    tag: "declaration",
    summary:
      "Make models, channels, monitors and silences those that are declared, and say what changes; secrets that are not named stay as they were",
    scope: "admin",
    body: { schema: body, reads: "json" },
    answer,
    async handle({ body: { dry_run, prune, ...declared }, principal }) {
      const { project } = principal;
      const actor = actorOf(principal);
      const made = new Set<string>();
      const secret = () => {
        const one = newSecret(randomBytes);
        made.add(one);
        return one;
      };
      const stored = await loadDeclarables(store, project);
      const plan = planDeclaration(declared, stored, { now: now(), actor, newSecret: secret }, prune);
      if (plan.outcome === "wrong") throw invalidInput("body", plan.problems);
      if (!dry_run) await store.putRecordsTogether(project, plan.records, actor);
      const secrets = plan.records.flatMap(({ id, body: record }) => {
        const { secret: own } = record as { secret?: string };
        return !dry_run && own !== undefined && made.has(own) ? [{ channel: id, secret: own }] : [];
      });
      return { applied: !dry_run, changes: plan.changes, unchanged: plan.unchanged, secrets };
    },
  });
}

/** loadDeclarables returns what a project has of all that can be declared. */
export async function loadDeclarables(
  { records }: Pick<Store, "records">,
  project: string,
): Promise<StoredDeclarables> {
  const [models, channels, monitors, silences] = await Promise.all([
    records.model.list(project),
    records.channel.list(project),
    records.monitor.list(project),
    records.silence.list(project),
  ]);
  return { models, channels, monitors, silences };
}
