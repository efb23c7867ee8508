import { numberRange, type Segment } from "@leeway/core/segment";
import { canonicalText, readBoolean } from "@leeway/core/spelling";
import type { QueryParameter } from "../client/query-parameter.ts";

/** SegmentCondition is the SQL that keeps a segment's rows, beginning with AND, and what it binds; empty for all traffic. */
export interface SegmentCondition {
  sql: string;
  parameters: Record<string, QueryParameter>;
}

/**
 * segmentCondition returns the condition that a row of predictions or of an uploaded reference belongs to a segment: by its tag of that name, or
 * where it has none by its feature. Only the columns that can decide are read.
 */
export function segmentCondition(segment: Segment | undefined): SegmentCondition {
  const parts: string[] = [];
  const parameters: Record<string, QueryParameter> = {};
  Object.entries(segment ?? {}).forEach(([name, value], i) => {
    const key = `{segmentName${i}:String}`;
    const text = `{segmentValue${i}:String}`;
    parameters[`segmentName${i}`] = name;
    parameters[`segmentValue${i}`] = value;
    const ways = [`mapContains(tags, ${key}), tags[${key}] = ${text}`];
    // Features are stored in one spelling, tags as they came.
    parameters[`segmentText${i}`] = canonicalText(value);
    ways.push(`mapContains(strings, ${key}), strings[${key}] = {segmentText${i}:String}`);
    const flag = readBoolean(value);
    if (flag !== undefined) ways.push(`mapContains(booleans, ${key}), booleans[${key}] = ${flag}`);
    const range = numberRange(value);
    const number = value.trim() === "" ? Number.NaN : Number(value);
    if (range !== undefined) {
      const { above, upTo } = range;
      const ends = [
        ...(Number.isFinite(above) ? [`numbers[${key}] > {segmentAbove${i}:Float64}`] : []),
        ...(Number.isFinite(upTo) ? [`numbers[${key}] <= {segmentUpTo${i}:Float64}`] : []),
      ];
      if (Number.isFinite(above)) parameters[`segmentAbove${i}`] = above;
      if (Number.isFinite(upTo)) parameters[`segmentUpTo${i}`] = upTo;
      ways.push(`mapContains(numbers, ${key}), ${ends.join(" AND ")}`);
    } else if (Number.isFinite(number)) {
      parameters[`segmentNumber${i}`] = number;
      ways.push(`mapContains(numbers, ${key}), numbers[${key}] = {segmentNumber${i}:Float64}`);
    }
    parts.push(`AND multiIf(${ways.join(", ")}, false)`);
  });
  return { sql: parts.join(" "), parameters };
}
