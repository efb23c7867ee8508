import { createHash } from "node:crypto";
import { SETTLING_MS } from "@leeway/core/window";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery, type QueryDefinition } from "../client/define-query.ts";
import { insertRows, toDateTime64 } from "../client/insert-rows.ts";
import type { QueryParameter } from "../client/query-parameter.ts";
import { type WindowState, windowStates } from "./window-states.ts";

/** WindowRange is one version in one environment over `[from, to)`, in windows of one length; times are epoch milliseconds. */
export type WindowRange = Record<"project" | "model" | "version" | "environment", string> &
  Record<"from" | "to" | "windowMs" | "origin", number>;

// What a statement yields of a window, kept as it came: whatever reads the statement reads what was kept of it.
const unreadRow = z.looseObject({ start: z.coerce.number() });

type UnreadRow = z.output<typeof unreadRow>;

/**
 * keptWindows returns what a statement says of every window of `range`, in order. It is asked of those windows only for which predictions or labels came
 * since it was last asked; what it said of the others was kept. The statement yields one row a window (none for an empty one), under `start`, and
 * depends on the rows of that window alone.
 */
export async function keptWindows<Row extends z.ZodType>(
  client: ClickHouseClient,
  now: number,
  query: Pick<QueryDefinition<Record<string, QueryParameter>, Row>, "name" | "sql" | "row">,
  range: WindowRange,
  parameters: Record<string, QueryParameter>,
): Promise<z.output<Row>[]> {
  const { project, model, version, environment, windowMs, origin } = range;
  const bound = JSON.stringify([query.sql, windowMs, origin, Object.entries(parameters).sort()]);
  const rollup = `${query.name} ${createHash("sha256").update(bound).digest("hex").slice(0, 24)}`;
  const states = await windowStates(client, { ...range, rollup });
  const ask = defineQuery<Record<string, QueryParameter>, typeof unreadRow>({ ...query, row: unreadRow });
  const asked = new Map<number, UnreadRow>();
  for (const [from, to] of runsOf(states, windowMs)) {
    for (const row of await ask(client, { ...range, ...parameters, from, to })) asked.set(row.start, row);
  }
  const settled = states.filter(({ body, lastCame }) => body === "" && now >= lastCame + SETTLING_MS);
  await insertRows(
    client,
    "window_rollups",
    settled.map(({ start, came }) => ({
      ...{ project, model, version, environment, rollup, came },
      window_start: toDateTime64(start),
      body: JSON.stringify(asked.get(start) ?? null),
    })),
  );
  const rows = states.map(({ start, body }) => (body === "" ? asked.get(start) : JSON.parse(body)));
  return z.array(query.row).parse(rows.filter((row) => row !== undefined && row !== null));
}

/** runsOf returns the ranges of neighbouring windows of which nothing usable was kept. */
function runsOf(states: readonly WindowState[], windowMs: number): [number, number][] {
  const runs: [number, number][] = [];
  for (const { start } of states.filter(({ body }) => body === "")) {
    const last = runs.at(-1);
    if (last?.[1] === start) last[1] = start + windowMs;
    else runs.push([start, start + windowMs]);
  }
  return runs;
}
