import type { WindowProfile } from "@leeway/core/profile";
import type { Reference } from "@leeway/core/records";
import type { Segment } from "@leeway/core/segment";
import { windowStart } from "@leeway/core/window";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { assembleWindows, windowRow } from "./profile-row.ts";
import { profileRows } from "./profile-rows.ts";
import { uploadedRows } from "./row-source.ts";

/** uploadedProfiles returns the profiles of an uploaded reference's own windows, of all its rows or a segment's, computed from its rows; one window where they carry no times. */
export async function uploadedProfiles(
  client: ClickHouseClient,
  project: string,
  reference: Reference,
  windowMs: number,
  segment: Segment,
): Promise<WindowProfile[]> {
  const source = uploadedRows(project, reference.id, segment, {
    windowMs,
    origin: windowStart(0, windowMs),
  });
  const windows = await defineQuery({
    name: "reference_windows",
    sql: `SELECT toUnixTimestamp(bucket) * 1000 AS start, count() AS rows, sum(w) AS weight FROM ${source.sql} GROUP BY bucket`,
    row: windowRow,
  })(client, source.parameters);
  const start = "toUnixTimestamp(p.bucket) * 1000";
  const features = await profileRows(client, reference, source, { name: "reference_window_profiles", start });
  return assembleWindows(reference, windowMs, windows, features);
}
