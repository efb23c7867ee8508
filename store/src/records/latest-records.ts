import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { RecordCounts } from "./record-counts.ts";

/** ListLatest returns the latest body of every record of one kind that is not deleted, in order of their ids. The bodies are shared: they are not to be changed. */
export type ListLatest<Body> = (project: string) => Promise<Body[]>;

/** Copy is what was read of one project: `rows` rows made it. */
interface Copy<Body> {
  rows: number;
  records: ReadonlyMap<string, { revision: number; body: Body | undefined }>;
}

// No count of rows: a copy marked so is never taken as it is.
const NOT_ALL = -1;

const revisionRow = z.object({ id: z.string(), revision: z.coerce.number(), rows: z.coerce.number() });

const latestRevisions = defineQuery<{ project: string; kind: string }, typeof revisionRow>({
  name: "records_revisions",
  sql: `SELECT id, max(r.revision) AS revision, count() AS rows FROM records AS r
        WHERE project = {project:String} AND kind = {kind:String} GROUP BY id ORDER BY id`,
  row: revisionRow,
});

const bodyRow = z.object({
  id: z.string(),
  revision: z.coerce.number(),
  body: z.string(),
  deleted: z.boolean(),
});

const latestBodies = defineQuery<{ project: string; kind: string; ids: string[] }, typeof bodyRow>({
  name: "records_latest",
  sql: `SELECT id, revision, body, deleted FROM records
        WHERE project = {project:String} AND kind = {kind:String} AND (empty({ids:Array(String)}) OR id IN {ids:Array(String)})
        ORDER BY id, revision DESC LIMIT 1 BY id`,
  row: bodyRow,
});

/**
 * createListLatest returns a list that keeps what it has read: every call asks how many rows there are, and only records with a revision that was not
 * read before are read and parsed. So a list is as fresh as a query, and costs what has changed.
 */
export function createListLatest<Body>(
  client: ClickHouseClient,
  kind: string,
  /** Undefined where a body cannot be read. */
  parse: (id: string, body: string) => Body | undefined,
  counts: RecordCounts,
): ListLatest<Body> {
  const copies = new Map<string, Copy<Body>>();

  async function readChanges(project: string, before: Copy<Body> | undefined): Promise<Copy<Body>> {
    const revisions = await latestRevisions(client, { project, kind });
    const changed = revisions.filter(({ id, revision }) => before?.records.get(id)?.revision !== revision);
    const ids = before === undefined ? [] : changed.map(({ id }) => id);
    const rows = changed.length === 0 ? [] : await latestBodies(client, { project, kind, ids });
    const read = new Map(rows.map((row) => [row.id, row]));
    const records = new Map<string, { revision: number; body: Body | undefined }>();
    for (const { id } of revisions) {
      const row = read.get(id);
      const known = before?.records.get(id);
      if (row !== undefined) {
        records.set(id, { revision: row.revision, body: row.deleted ? undefined : parse(id, row.body) });
      } else if (known !== undefined) records.set(id, known);
    }
    // A replica may answer the second query from before the first: then the next list reads again.
    const isBehind = revisions.some(({ id, revision }) => (records.get(id)?.revision ?? 0) < revision);
    return { rows: isBehind ? NOT_ALL : revisions.reduce((sum, row) => sum + row.rows, 0), records };
  }

  return async (project) => {
    const known = copies.get(project);
    const rows = (await counts(project)).get(kind) ?? 0;
    const copy = known?.rows === rows ? known : await readChanges(project, known);
    copies.set(project, copy);
    const bodies: Body[] = [];
    for (const { body } of copy.records.values()) if (body !== undefined) bodies.push(body);
    return bodies;
  };
}
