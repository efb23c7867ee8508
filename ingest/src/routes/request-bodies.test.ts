import { readInput } from "@leeway/core/input";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { allRoutes } from "./all-routes.ts";
import type { RouteDeps } from "./route-deps.ts";

interface Node {
  type?: string;
  properties?: Record<string, Node>;
  additionalProperties?: unknown;
  [key: string]: unknown;
}

const routes = allRoutes({} as RouteDeps).filter(({ body }) => body !== undefined);
const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const management = routes.filter(({ body }) => body?.reads === "json");

function nodesOf(schema: unknown, path = ""): [string, Node][] {
  if (typeof schema !== "object" || schema === null) return [];
  const inner = Object.entries(schema).flatMap(([name, member]) => nodesOf(member, `${path}/${name}`));
  return [[path, schema as Node], ...inner];
}
const jsonSchemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });

describe("the bodies of management calls", () => {
  it.each(management.map((route) => [nameOf(route), route.body?.schema] as const))(
    "%s knows its fields at every depth and takes no others",
    (_name, schema) => {
      const open = nodesOf(jsonSchemaOf(schema as z.ZodType))
        .filter(([, node]) => typeof node.properties === "object" && node.type === "object")
        .filter(([, node]) => node.additionalProperties !== false)
        .map(([path]) => path);
      expect(open).toEqual([]);
    },
  );

  it.each([
    ["PUT /v1/models/:model", { taks: "binary" }, "taks", "task"],
    [
      "PUT /v1/models/:model",
      { latency_objective: { threshold: 1 } },
      "latency_objective.threshold",
      "threshold_ms",
    ],
    ["PUT /v1/models/:model/versions/:version", { stgae: "archived" }, "stgae", "stage"],
    ["POST /v1/monitors", { modle: "m" }, "modle", "model"],
    ["POST /v1/monitors", { minimum_cuont: 3 }, "minimum_cuont", "minimum_count"],
    ["POST /v1/monitors", { enabeld: false }, "enabeld", "enabled"],
    ["POST /v1/monitors", { threshholds: {} }, "threshholds", "thresholds"],
    ["PUT /v1/monitors/:id", { channles: [] }, "channles", "channels"],
    ["PUT /v1/monitors/:id", { thresholds: { spi: 1 } }, "thresholds.spi", "psi"],
    ["PUT /v1/monitors/:id", { objective: { targte: 1 } }, "objective.targte", "target"],
    ["POST /v1/monitors/preview", { form: 1 }, "form", "from"],
    ["POST /v1/silences", { modle: "credit" }, "modle", "model"],
    ["POST /v1/silences", { ends: 1 }, "ends", "ends_at"],
    ["POST /v1/keys", { scope: [] }, "scope", "scopes"],
    ["POST /v1/evaluate", { rise: true }, "rise", "raise"],
    ["POST /v1/incidents/:id/notes", { txt: "x" }, "txt", "text"],
    ["POST /v1/incidents/:id/resolve", { Text: "x" }, "Text", "text"],
    ["POST /v1/retrainings/:id", { newVersion: "x" }, "newVersion", "new_version"],
    ["POST /v1/channels", { kind: "webhook", ulr: "x" }, "ulr", "url"],
    ["PUT /v1/channels/:id", { coool_down: "x" }, "coool_down", "cool_down"],
  ])("%s refuses %j and names the nearest field", (name, value, path, nearest) => {
    const route = management.find((one) => nameOf(one) === name);
    const input = readInput(route?.body?.schema as z.ZodType, value, "body");
    expect(input.kind === "wrong" && input.problems).toContainEqual({
      path,
      message: `unknown field; did you mean ${nearest}?`,
    });
  });
});

// What OTLP sends is checked as the samples that are made of it.
const texts = routes.filter(({ path }) => path !== "/v1/metrics");

describe("every text of every body", () => {
  it.each(texts.map((route) => [nameOf(route), route.body?.schema] as const))(
    "%s says of each text what it may be made of, so that no half of a character reaches the store",
    (_name, schema) => {
      const bare = nodesOf(jsonSchemaOf(schema as z.ZodType))
        .filter(([, node]) => node.type === "string")
        .filter(([, node]) => !["pattern", "enum", "const", "format"].some((rule) => rule in node))
        // A time is read, never kept as it was written.
        .filter(
          ([path, node]) => !(node["maxLength"] === 64 && /timestamp|_at|from|to|until|start/.test(path)),
        )
        .map(([path]) => path);
      expect(bare).toEqual([]);
    },
  );
});
