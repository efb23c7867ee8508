import { z } from "zod";
import { DECLARED_SECTIONS, declarationFileSchema } from "../../declaration/declaration-schema.ts";
import { declarationOf } from "../../declaration/plan-declaration.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { loadDeclarables } from "./apply-declaration.ts";

const section = z.record(z.string(), z.record(z.string(), z.unknown()));

/** readDeclaration is `GET /v1/declaration`: what people configured, as a file would declare it. */
export function readDeclaration({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/declaration",
    tag: "declaration",
    summary: "What people configured, as a file declares it: applying it changes nothing; without secrets",
    scope: "admin",
    answer: z.record(z.enum(DECLARED_SECTIONS), section),
    handle: async ({ principal }) => declarationOf(await loadDeclarables(store, principal.project), now()),
  });
}

/** readDeclarationSchema is `GET /v1/declaration/schema`: the JSON schema of the files, for editors. */
export function readDeclarationSchema(_deps: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/declaration/schema",
    tag: "declaration",
    summary: "The JSON schema of the files that `leeway apply` reads, for editors",
    scope: "read",
    answer: z.record(z.string(), z.unknown()),
    handle: async () =>
      z.toJSONSchema(declarationFileSchema, { io: "input", unrepresentable: "any", reused: "inline" }),
  });
}
