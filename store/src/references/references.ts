import { LeewayError } from "@leeway/core/errors";
import type { Reference } from "@leeway/core/records";
import type { Segment } from "@leeway/core/segment";
import type { Prediction } from "@leeway/core/wire";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { referenceRowSource } from "../profiles/reference-row-source.ts";
import { rangeOfVersion, uploadedRows, type VersionScope } from "../profiles/row-source.ts";
import { buildReference, recountReference } from "./build-reference.ts";
import { type InsertedUpload, insertUpload } from "./insert-upload.ts";
import { invalidUpload } from "./invalid-upload.ts";
import type { Upload } from "./upload.ts";

/** WindowChoice names the predictions of a version that become a reference: `[from, to)`, epoch milliseconds. */
export interface WindowChoice extends VersionScope {
  /** Content-derived or random: the caller's to choose; the record is the caller's to put. */
  id: string;
  source: "window" | "automatic";
  environment: Prediction["environment"];
  from: number;
  to: number;
  segment?: Segment | undefined;
}

/** UploadedReference is a reference made of a table, and what of the table was left out. */
export type UploadedReference = { reference: Reference } & Pick<InsertedUpload, "leftOut" | "invalid">;

/** References are baselines, frozen from rows. They are returned, not recorded: `store.records.reference` is where they are kept. */
export interface References {
  /** fromWindow returns the reference made of a version's predictions in a range of time. */
  fromWindow(project: string, choice: WindowChoice): Promise<Reference>;
  /** fromRows stores an uploaded table and returns the reference made of it. A table that can't be read is `invalid_request`. */
  fromRows(project: string, upload: Upload): Promise<UploadedReference>;
  /** ofSegment returns the part of a reference that belongs to a segment, counted on the whole's bins; 0 rows where nothing does. */
  ofSegment(project: string, reference: Reference, segment: Segment): Promise<Reference>;
}

const uploadedSpan = z.object({
  rows: z.coerce.number(),
  labelled: z.coerce.number(),
  from: z.coerce.number(),
  to: z.coerce.number(),
});

/** createReferences returns the references made inside ClickHouse. */
export function createReferences(client: ClickHouseClient, now: () => number): References {
  return {
    async fromWindow(project, choice) {
      const { id, model, version, environment, source, from, to, segment } = choice;
      const rows = rangeOfVersion(project, { model, version, environment }, { from, to }, segment ?? {});
      const labelled = await labelledInRange(client, {
        project,
        model,
        version,
        environment,
        from,
        to,
      });
      const reference = await buildReference(
        client,
        rows,
        project,
        { id, model, version, environment, source, from, to, created_at: now() },
        labelled[0]?.labelled ?? 0,
      );
      if (reference.rows === 0) {
        throw new LeewayError(
          "invalid_request",
          `version ${version} of ${model} has no predictions in that window`,
        );
      }
      return reference;
    },
    async fromRows(project, upload) {
      const { id, model, version } = upload;
      const { embeddings, leftOut, invalid } = await insertUpload(client, project, upload, now());
      const [span] = await uploaded(client, { project, referenceId: id });
      if (span === undefined || span.rows === 0) {
        throw invalidUpload([{ path: "body", message: "the uploaded table has no rows" }]);
      }
      const reference = await buildReference(
        client,
        uploadedRows(project, id, {}),
        project,
        { id, model, version, source: "upload", from: span.from, to: span.to, created_at: now() },
        span.labelled,
      );
      return {
        reference: embeddings.length === 0 ? reference : { ...reference, embeddings },
        leftOut,
        invalid,
      };
    },
    ofSegment: (project, reference, segment) =>
      recountReference(client, referenceRowSource(project, reference, segment), reference),
  };
}

const labelledRow = z.object({ labelled: z.coerce.number() });

const labelledInRange = defineQuery<
  Record<"project" | "model" | "version" | "environment", string> & Record<"from" | "to", number>,
  typeof labelledRow
>({
  name: "reference_labelled_rows",
  sql: `SELECT uniqExact(prediction_id) AS labelled FROM resolved_labels
    WHERE project = {project:String} AND model = {model:String} AND version = {version:String} AND environment = {environment:String}
      AND toStartOfHour(prediction_timestamp) >= toStartOfHour(fromUnixTimestamp64Milli({from:Int64}, 'UTC'))
      AND prediction_timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND prediction_timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`,
  row: labelledRow,
});

const uploaded = defineQuery<{ project: string; referenceId: string }, typeof uploadedSpan>({
  name: "reference_uploaded_span",
  sql: `SELECT count() AS rows, countIf(isNotNull(label) OR isNotNull(label_value)) AS labelled,
      toUnixTimestamp64Milli(min(timestamp)) AS from, toUnixTimestamp64Milli(max(timestamp)) + 1 AS to
    FROM reference_rows WHERE project = {project:String} AND reference_id = {referenceId:String}`,
  row: uploadedSpan,
});
