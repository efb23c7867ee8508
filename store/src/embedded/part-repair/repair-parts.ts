import { existsSync, linkSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { quoteLiteral, quoteName } from "../bind-parameters.ts";
import { sourceParts } from "./source-parts.ts";
import type { NamedPart } from "./torn-part.ts";

const partSchema = z.object({
  database: z.string(),
  table: z.string(),
  name: z.string(),
  path: z.string(),
  active: z.number(),
  rows: z.number(),
  partition_id: z.string(),
  min_block: z.number(),
  max_block: z.number(),
  level: z.number(),
  modified_s: z.number(),
  times: z.string(),
});
type Part = z.output<typeof partSchema>;

const PARTS = `
  SELECT database, table, name, path, toUInt8(active) AS active, toFloat64(rows) AS rows, partition_id,
    toFloat64(min_block_number) AS min_block, toFloat64(max_block_number) AS max_block, toUInt32(level) AS level,
    toFloat64(toUnixTimestamp(modification_time)) AS modified_s,
    if(toUnixTimestamp(max_time) = 0, '', concat(toString(min_time, 'UTC'), ' to ', toString(max_time, 'UTC'))) AS times
  FROM system.parts WHERE database NOT IN ('system', 'default')`;

const checkSchema = z.object({ is_passed: z.number(), message: z.string() });

/** RepairDeps are what a repair works with: `ask` runs one statement and returns its rows, `say` writes a line into the engine's log. */
export interface RepairDeps {
  ask(sql: string): Promise<unknown[]>;
  say(line: string): void;
}

/** Suspicion says which parts to look at: those named, and all that were written at or after `since`, epoch seconds. */
export interface Suspicion {
  parts: readonly NamedPart[];
  sinceSeconds: number | undefined;
}

/**
 * repairParts checks the suspected parts, and takes those that cannot be read out of their tables, so that all others can be read again. What a torn part was merged from
 * takes its place where it is still there: nothing is lost then. Else the torn part is kept aside (`detached`), and said.
 */
export async function repairParts(deps: RepairDeps, suspicion: Suspicion): Promise<void> {
  const parts = z.array(partSchema).parse(await deps.ask(PARTS));
  for (const part of parts.filter((one) => one.active === 1 && isSuspected(one, suspicion))) {
    try {
      const why = await problemOf(deps, part);
      if (why !== undefined) await replacePart(deps, part, parts, why);
    } catch (error) {
      // Merged away meanwhile: what a merge has read can be read, and its result is looked at in turn.
      if (await isActive(deps, part)) throw error;
    }
  }
}

/** problemOf returns why a part cannot be read, or undefined where it can. */
async function problemOf(deps: RepairDeps, part: Part): Promise<string | undefined> {
  const check = `CHECK TABLE ${tableOf(part)} PART ${quoteLiteral(part.name)} SETTINGS check_query_single_value_result = 0`;
  const verdict = z.array(checkSchema).parse(await deps.ask(check))[0];
  if (verdict === undefined || verdict.is_passed === 1) return undefined;
  return verdict.message.split("\n")[0]!.slice(0, 300);
}

async function isActive(deps: RepairDeps, { database, table, name }: Part): Promise<boolean> {
  const isThisPart = `database = ${quoteLiteral(database)} AND table = ${quoteLiteral(table)} AND name = ${quoteLiteral(name)}`;
  return (await deps.ask(`SELECT 1 AS n FROM system.parts WHERE active AND ${isThisPart}`)).length > 0;
}

function isSuspected(part: Part, { parts, sinceSeconds }: Suspicion): boolean {
  if (sinceSeconds !== undefined && part.modified_s >= sinceSeconds) return true;
  return parts.some(
    (named) => named.database === part.database && named.table === part.table && named.part === part.name,
  );
}

async function replacePart(deps: RepairDeps, torn: Part, parts: readonly Part[], why: string): Promise<void> {
  const table = tableOf(torn);
  const sources = sourceParts(
    torn,
    parts.filter(
      (part) =>
        part.active === 0 &&
        part.database === torn.database &&
        part.table === torn.table &&
        existsSync(part.path),
    ),
  );
  const detached = join(dirname(torn.path.replace(/\/$/, "")), "detached");
  // Beside, not moved: the engine deletes what it has merged away in its own time.
  for (const source of sources) linkFolder(source.path, join(detached, source.name));
  await deps.ask(`ALTER TABLE ${table} DETACH PART ${quoteLiteral(torn.name)}`);
  for (const source of sources)
    await deps.ask(`ALTER TABLE ${table} ATTACH PART ${quoteLiteral(source.name)}`);
  const what = `table ${torn.database}.${torn.table}: part ${torn.name} cannot be read (${why})`;
  if (sources.length > 0) {
    rmSync(join(detached, torn.name), { recursive: true, force: true });
    deps.say(`${what}; the ${sources.length} parts it was merged from have taken its place, no row is lost`);
    return;
  }
  const span = torn.times === "" ? "" : `, ${torn.times}`;
  deps.say(`${what}; it held ${torn.rows} rows${span}, and is kept aside in ${join(detached, torn.name)}`);
}

function linkFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory()) linkFolder(join(from, entry.name), join(to, entry.name));
    else linkSync(join(from, entry.name), join(to, entry.name));
  }
}

function tableOf({ database, table }: Part): string {
  return `${quoteName(database)}.${quoteName(table)}`;
}
