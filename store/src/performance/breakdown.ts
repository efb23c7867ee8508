import type { LossSums, PerformanceTask } from "@leeway/core/performance";
import type { Reference } from "@leeway/core/records";
import { numberRanges } from "@leeway/core/segment";
import type { CountedGroup } from "@leeway/core/verdicts";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { QueryParameter } from "../client/query-parameter.ts";
import { referenceRowSource } from "../profiles/reference-row-source.ts";
import { rangeOfVersion } from "../profiles/row-source.ts";
import { type SegmentCondition, segmentCondition } from "../segments/segment-condition.ts";
import type { AggregateWindow } from "./aggregate-row.ts";
import { groupOutputs } from "./group-outputs.ts";
import { productionRows } from "./labelled-rows.ts";
import type { PerformanceFilter } from "./performance-filter.ts";
import { readAggregates, readReferenceAggregates } from "./read-aggregates.ts";

const MOST_VALUES = 20;
const REST = 0;
const MISSING = -1;

// Tags go before features; numbers are distinguished by the ranges that they lie in.
const VALUE = `multiIf(
    mapContains(tags, {by:String}), toNullable(tags[{by:String}]),
    mapContains(strings, {by:String}), strings[{by:String}],
    mapContains(booleans, {by:String}), toString(booleans[{by:String}]),
    mapContains(numbers, {by:String}) AND empty({cuts:Array(Float64)}), toString(numbers[{by:String}]),
    mapContains(numbers, {by:String}), {ranges:Array(String)}[1 + arrayCount(cut -> numbers[{by:String}] > cut, {cuts:Array(Float64)})],
    NULL)`;
const GROUP = `if(isNull(${VALUE}), ${MISSING}, indexOf({values:Array(String)}, assumeNotNull(${VALUE})))`;

const requestsRow = z.object({
  value: z.string().nullable(),
  requests: z.coerce.number(),
  failed: z.coerce.number(),
});

type Parameters = Record<string, QueryParameter>;

/**
 * readBreakdown returns a version's predictions by the values of a tag or feature, the twenty most frequent values and the rest, beside the same of
 * the rows of its reference. A number is broken down by ranges of the reference's own quantiles.
 */
export async function readBreakdown(
  client: ClickHouseClient,
  project: string,
  { segment, ...filter }: PerformanceFilter,
  task: PerformanceTask,
  by: { name: string; reference: Reference | undefined },
): Promise<CountedGroup[]> {
  const condition = segmentCondition(segment);
  const cuts = cutsOf(by.reference, by.name);
  const parameters: Parameters = {
    project,
    by: by.name,
    cuts,
    ranges: numberRanges(cuts),
    ...condition.parameters,
  };
  const all = await requestsByValue(client, condition, { ...parameters, ...filter });
  const named = all.flatMap(({ value }) => (value === null ? [] : [value]));
  const values = named.slice(0, MOST_VALUES);
  const grouped = { ...parameters, values };
  const rows = productionRows(task.task, GROUP, condition);
  const inWindow = rangeOfVersion(project, filter, filter, segment ?? {});
  const [windows, references, outputs, referenceOutputs] = await Promise.all([
    readAggregates(client, "performance_breakdown", rows, task, { ...grouped, ...filter }).then(byGroup),
    by.reference === undefined
      ? new Map<number, AggregateWindow>()
      : readReferenceAggregates(client, by.reference, task, { group: GROUP, condition }, grouped).then(
          byGroup,
        ),
    groupOutputs(client, inWindow, GROUP, grouped),
    by.reference === undefined
      ? new Map<number, LossSums>()
      : groupOutputs(client, referenceRowSource(project, by.reference, segment), GROUP, grouped),
  ]);
  // Index 0 is the rest of the values, a negative one no value at all.
  const groupOf = (index: number, members: typeof all): CountedGroup => {
    const window = windows.get(index);
    return {
      group: index === REST ? "rest" : { value: values[index - 1] ?? null },
      requests: members.reduce((sum, { requests }) => sum + requests, 0),
      failed: members.reduce((sum, { failed }) => sum + failed, 0),
      predictions: window?.predictions ?? 0,
      labelled: window?.labelled ?? 0,
      aggregate: window?.aggregate,
      reference: references.get(index)?.aggregate,
      outputs: outputs.get(index),
      referenceOutputs: referenceOutputs.get(index),
    };
  };
  const isOf = (value: string | null) => (row: (typeof all)[number]) => row.value === value;
  const rest = all.filter(({ value }) => value !== null && !values.includes(value));
  const missing = all.filter(isOf(null));
  return [
    ...values.map((value, i) => groupOf(i + 1, all.filter(isOf(value)))),
    ...(rest.length === 0 ? [] : [groupOf(REST, rest)]),
    ...(missing.length === 0 ? [] : [groupOf(MISSING, missing)]),
  ];
}

// Beyond this many values they tell requests apart, not groups of them.
const VALUES_LISTED = 10_000;

function requestsByValue(
  client: ClickHouseClient,
  condition: SegmentCondition,
  parameters: Parameters,
): Promise<z.output<typeof requestsRow>[]> {
  return defineQuery<Parameters, typeof requestsRow>({
    name: "performance_breakdown_requests",
    sql: `SELECT ${VALUE} AS value, count() AS requests, countIf(error != '') AS failed
      FROM predictions FINAL
      WHERE project = {project:String} AND model = {model:String} AND version = {version:String} AND environment = {environment:String}
        AND timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
        ${condition.sql}
      GROUP BY value ORDER BY requests DESC, value LIMIT ${VALUES_LISTED}`,
    row: requestsRow,
  })(client, parameters);
}

function byGroup(groups: readonly AggregateWindow[]): ReadonlyMap<number, AggregateWindow> {
  return new Map(groups.map((group) => [group.start, group]));
}

// Fifths: wide enough to hold labels, narrow enough to show where it hurts.
function cutsOf(reference: Reference | undefined, name: string): number[] {
  const deciles =
    reference?.features.find((feature) => feature.name === name)?.numeric?.grid.decileEdges ?? [];
  const cuts = [2, 4, 6, 8].flatMap((tenth) => {
    const cut = deciles[Math.round((tenth / 10) * (deciles.length + 1)) - 1];
    return cut === undefined ? [] : [Number(cut.toPrecision(3))];
  });
  return [...new Set(cuts)].sort((a, b) => a - b);
}
