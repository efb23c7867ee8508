import { LeewayError } from "@leeway/core/errors";
import { parseInput, readInput } from "@leeway/core/input";
import { type Reference, referenceEmbeddingSchema } from "@leeway/core/records";
import { environmentSchema, nameSchema, timestampSchema } from "@leeway/core/wire";
import {
  takeOwnWindow,
  type UploadedReference,
  type UploadFormat,
  type UploadMapping,
  uploadMappingSchema,
} from "@leeway/store";
import { z } from "zod";
import { actorOf } from "../../auth/principal.ts";
import { mediaTypeOf } from "../../body/body-source.ts";
import { parseJson } from "../../body/parse-json.ts";
import { readBody } from "../../body/read-body.ts";
import { modelParams } from "../../http/base-schemas.ts";
import { newId } from "../../http/new-id.ts";
import { defineRoute, type Route, type RouteInput } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { limitedBody } from "./limited-body.ts";

const FORMATS: Record<string, UploadFormat> = {
  "text/csv": "csv",
  "application/x-ndjson": "ndjson",
  "application/ndjson": "ndjson",
  "application/jsonl": "ndjson",
  "application/vnd.apache.parquet": "parquet",
  "application/x-parquet": "parquet",
};
const DOCUMENT_LIMITS = { maxBytes: 64 * 1024, maxMs: 30_000 };

const windowChoice = z.strictObject({
  version: nameSchema,
  environment: environmentSchema.default("production"),
  window: z.strictObject({ from: timestampSchema, to: timestampSchema }),
});

const mappingQuery = z
  .string()
  .meta({
    description: "JSON: which column is what. Columns that are not named are features.",
    contentMediaType: "application/json",
    contentSchema: z.toJSONSchema(uploadMappingSchema),
  })
  .transform((text, context): UploadMapping => {
    const mapping = readInput(uploadMappingSchema, jsonOrUndefined(text), "mapping");
    if (mapping.kind === "parsed") return mapping.data;
    for (const { path, message } of mapping.problems)
      context.addIssue({ code: "custom", path: path === "mapping" ? [] : [path], message });
    return z.NEVER;
  });

const query = z.object({ version: nameSchema.optional(), mapping: mappingQuery.optional() });

type Input = RouteInput<z.output<typeof modelParams>, z.output<typeof query>, unknown>;

/** createReference is `POST /v1/models/{model}/references`: a table with a mapping of its columns, or a pinned window of production. */
export function createReference(deps: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/models/:model/references",
    tag: "models",
    summary:
      "Give a version its reference: rows (CSV, NDJSON, Parquet) with a mapping of columns, or a window of production",
    scope: "manage",
    params: modelParams,
    query,
    body: { schema: windowChoice, reads: "stream", mediaTypes: Object.keys(FORMATS) },
    answer: z.object({
      reference_id: z.string(),
      rows: z.number(),
      features: z.array(z.string()),
      embeddings: z.array(referenceEmbeddingSchema).optional(),
      /** Columns that became no features though the mapping does not name them; "" is a column without a name. */
      left_out: z.array(z.object({ column: z.string(), reason: z.enum(["row_numbers"]) })).optional(),
      /** Rows that were left out because a column of theirs could not be read, as `allow_invalid` allows. */
      invalid: z
        .array(
          z.object({
            column: z.string(),
            rows: z.number().int(),
            first_row: z.number().int(),
            message: z.string(),
          }),
        )
        .optional(),
    }),
    status: 201,
    async handle(input) {
      deps.ingest.gate.check();
      const mediaType = mediaTypeOf(input.source.contentType);
      const format = FORMATS[mediaType];
      if (format === undefined && mediaType !== "application/json") {
        throw new LeewayError(
          "unsupported_media_type",
          `Content-Type must be application/json or one of ${Object.keys(FORMATS).join(", ")}`,
        );
      }
      const { reference, leftOut, invalid }: UploadedReference =
        format === undefined
          ? { reference: await fromWindow(deps, input), leftOut: [], invalid: [] }
          : await fromRows(deps, input, format);
      const { project } = input.principal;
      await deps.store.records.reference.put(project, reference.id, reference, actorOf(input.principal));
      return {
        reference_id: reference.id,
        rows: reference.rows,
        features: reference.features.map(({ name }) => name),
        ...(reference.embeddings === undefined ? {} : { embeddings: reference.embeddings }),
        ...(leftOut.length === 0 ? {} : { left_out: leftOut }),
        ...(invalid.length === 0 ? {} : { invalid }),
      };
    },
  });
}

async function fromWindow(deps: RouteDeps, { params, principal, source }: Input): Promise<Reference> {
  const { bytes, release } = await readBody(source, DOCUMENT_LIMITS, deps.ingest.budget);
  try {
    const { window, ...version } = parseInput(windowChoice, parseJson(bytes), "body");
    const id = newId("ref", deps.randomBytes);
    return await takeOwnWindow(deps.store, principal.project, id, { ...params, ...version, ...window });
  } finally {
    release();
  }
}

function fromRows(
  deps: RouteDeps,
  { params, query: { version, mapping }, principal, source }: Input,
  format: UploadFormat,
): Promise<UploadedReference> {
  if (version === undefined) {
    const problems = [{ path: "version", message: "expected the version these rows are the reference of" }];
    throw new LeewayError("invalid_request", "version: expected in the query", { problems });
  }
  return deps.store.references.fromRows(principal.project, {
    id: newId("ref", deps.randomBytes),
    model: params.model,
    version,
    format,
    mapping: mapping ?? {},
    body: limitedBody(source, deps.referenceBytes),
  });
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
