import { LeewayError } from "@leeway/core/errors";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { insertRows, toDateTime64 } from "../client/insert-rows.ts";
import { problemWords } from "../client/parse-rows.ts";
import { wellFormed } from "../client/well-formed.ts";
import { createListLatest } from "./latest-records.ts";
import type { RecordCounts } from "./record-counts.ts";

/** One change of a record, as the audit log shows it. */
export interface RecordRevision<Body> {
  id: string;
  revision: number;
  body: Body;
  deleted: boolean;
  actor: string;
  at: number;
}

/** Records of one kind: small documents whose every change is a new row. */
export interface Records<Body> {
  get(project: string, id: string): Promise<Body | undefined>;
  /** The latest body of every id that is not deleted; one that does not parse is left out, and reported once. Bodies are shared between callers: they are not to be changed. */
  list(project: string): Promise<Body[]>;
  /** Every change of one id, newest first. */
  history(project: string, id: string): Promise<RecordRevision<Body>[]>;
  put(project: string, id: string, body: Body, actor: string): Promise<void>;
  /** The latest change of one id that is not deleted, for `replace`. */
  latest(project: string, id: string): Promise<RecordRevision<Body> | undefined>;
  /**
   * Writes a record only where its latest revision still is `former` (undefined: where there is none), and says whether it did: of two who change the same state, one
   * gets the answer that it is gone.
   */
  replace(
    project: string,
    id: string,
    former: { revision: number } | undefined,
    body: Body,
    actor: string,
  ): Promise<boolean>;
  remove(project: string, id: string, actor: string): Promise<void>;
}

const revisionRow = z.object({
  id: z.string(),
  revision: z.coerce.number(),
  body: z.string(),
  deleted: z.boolean(),
  actor: z.string(),
  at: z.coerce.number(),
});
const COLUMNS = "id, revision, body, deleted, actor, toUnixTimestamp64Milli(at) AS at";

const latestRecord = defineQuery<{ project: string; kind: string; id: string }, typeof revisionRow>({
  name: "record_latest",
  sql: `SELECT ${COLUMNS} FROM records WHERE project = {project:String} AND kind = {kind:String} AND id = {id:String}
        ORDER BY revision DESC LIMIT 1`,
  row: revisionRow,
});

const recordHistory = defineQuery<{ project: string; kind: string; id: string }, typeof revisionRow>({
  name: "record_history",
  sql: `SELECT ${COLUMNS} FROM records WHERE project = {project:String} AND kind = {kind:String} AND id = {id:String}
        ORDER BY revision DESC LIMIT 1000`,
  row: revisionRow,
});

function createBodyParser<Schema extends z.ZodType>(kind: string, schema: Schema) {
  return (id: string, body: string): z.output<Schema> => {
    try {
      return schema.parse(JSON.parse(body));
    } catch (error) {
      throw new LeewayError(
        "internal",
        `the stored ${kind} ${id} does not parse: ${problemWords(error)}; it holds ${body.length} characters`,
      );
    }
  };
}

/** createRecords returns the records of `kind`, parsed by `schema` on the way out. A revision is the microsecond it was written in, or one more than the latest: it only grows. */
export function createRecords<Schema extends z.ZodType>(
  client: ClickHouseClient,
  kind: string,
  schema: Schema,
  now: () => number,
  counts: RecordCounts,
  onDefect: (message: string) => void,
): Records<z.output<Schema>> {
  type Body = z.output<Schema>;
  const parseBody = createBodyParser(kind, schema);
  const parse = (row: z.output<typeof revisionRow>): RecordRevision<Body> => ({
    ...row,
    body: parseBody(row.id, row.body),
  });
  // One record that cannot be read must not keep every model from being judged: it is reported, and the others are listed.
  const readable = (id: string, body: string): Body | undefined => {
    try {
      return parseBody(id, body);
    } catch (error) {
      onDefect(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  const replace = async (
    project: string,
    id: string,
    former: { revision: number } | undefined,
    body: unknown,
    actor: string,
  ): Promise<boolean> => {
    const [latest] = await latestRecord(client, { project, kind, id });
    const isGone = latest === undefined || latest.deleted;
    if ((isGone ? undefined : latest.revision) !== former?.revision) return false;
    const before = latest?.revision ?? 0;
    const at = now();
    const row = {
      ...{ project, kind, id, revision: String(Math.max(at * 1_000, before + 1)) },
      ...{ body: JSON.stringify(wellFormed(body)), deleted: false, actor, at: toDateTime64(at) },
    };
    // Of two inserts after the same revision the engine keeps the first: they have one token.
    await insertRows(client, "records", [row], `replace/${project}/${kind}/${id}/${before}`);
    const written = await recordHistory(client, { project, kind, id });
    return written.some((one) => String(one.revision) === row.revision && one.body === row.body);
  };
  const write = async (project: string, id: string, body: unknown, deleted: boolean, actor: string) => {
    const at = now();
    const [latest] = await latestRecord(client, { project, kind, id });
    const revision = Math.max(at * 1_000, (latest?.revision ?? 0) + 1);
    await insertRows(client, "records", [
      {
        project,
        kind,
        id,
        revision: String(revision),
        body: JSON.stringify(wellFormed(body)),
        deleted,
        actor,
        at: toDateTime64(at),
      },
    ]);
  };
  return {
    async get(project, id) {
      const [row] = await latestRecord(client, { project, kind, id });
      return row === undefined || row.deleted ? undefined : parse(row).body;
    },
    list: createListLatest(client, kind, readable, counts),
    async history(project, id) {
      return (await recordHistory(client, { project, kind, id })).map(parse);
    },
    async latest(project, id) {
      const [row] = await latestRecord(client, { project, kind, id });
      return row === undefined || row.deleted ? undefined : parse(row);
    },
    replace,
    put: (project, id, body, actor) => write(project, id, body, false, actor),
    async remove(project, id, actor) {
      const [row] = await latestRecord(client, { project, kind, id });
      if (row !== undefined && !row.deleted) await write(project, id, JSON.parse(row.body), true, actor);
    },
  };
}
