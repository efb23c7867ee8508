import { z } from "zod";
import { PROBLEMS } from "../errors/problem.ts";
import type { Route } from "../http/route.ts";

type Json = Record<string, unknown>;

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(Object.keys(PROBLEMS) as [string, ...string[]]),
  detail: z.string(),
  request_id: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

/** openapiDocument returns the OpenAPI 3.1 document of the route table, made from the very schemas that requests are parsed by. */
export function openapiDocument(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Leeway",
      version,
      description:
        "ML observability. Times are RFC 3339 or epoch milliseconds in requests, epoch milliseconds in answers.",
    },
    security: [{ apiKey: [] }],
    components: {
      securitySchemes: { apiKey: { type: "http", scheme: "bearer", description: "An API key: lw_…" } },
      schemas: { Problem: schemaOf(problemSchema, "output") },
    },
    paths,
  };
}

function operationOf(route: Route): Json {
  return {
    operationId: operationIdOf(route),
    tags: [route.tag],
    summary: route.summary,
    description: `Needs an API key with the scope \`${route.scope}\`.`,
    parameters: [...parametersOf(route.params, "path"), ...parametersOf(route.query, "query")],
    ...(route.body === undefined ? {} : { requestBody: bodyOf(route.body) }),
    responses: {
      [route.status]: {
        description: "Done",
        content: { "application/json": { schema: schemaOf(route.answer, "output") } },
      },
      default: {
        description: "A problem (RFC 9457), with a stable code",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

function bodyOf({ schema, mediaTypes = [] }: NonNullable<Route["body"]>): Json {
  const content: Json = { "application/json": { schema: schemaOf(schema, "input") } };
  for (const mediaType of mediaTypes) content[mediaType] = { schema: { type: "string" } };
  return { required: true, content };
}

function parametersOf(schema: z.ZodObject | undefined, place: "path" | "query"): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: property,
  }));
}

function schemaOf(schema: z.ZodType, side: "input" | "output"): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: side,
    unrepresentable: "any",
    reused: "inline",
  });
  return rest;
}

function operationIdOf({ method, path }: Route): string {
  const words = path.split("/").filter((part) => part !== "" && part !== "v1");
  return [method.toLowerCase(), ...words.map((word) => word.replace(":", "by-"))].join("-");
}
