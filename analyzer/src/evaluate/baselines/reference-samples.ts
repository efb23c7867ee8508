import type { WindowProfile } from "@leeway/core/profile";
import type { Reference } from "@leeway/core/records";
import type { Segment } from "@leeway/core/segment";
import type { SampleQuery } from "@leeway/store";

/** ReferencePart is a reference, or a segment's part of it, with its own windows. */
export interface ReferencePart {
  reference: Reference;
  segment: Segment | undefined;
  profiles: readonly WindowProfile[];
}

/** ReferenceRows is a sample of a reference and of some of its windows. */
export interface ReferenceRows<Row> {
  sample: Row[];
  windows: { start: number; end: number; rows: Row[] }[];
}

// Each costs as much as the verdict on a window; the reference's variation is known well enough from these.
const CALIBRATION_WINDOWS = 12;

/** referenceRows loads at most `limit` rows of a reference and of each of twelve of its windows that hold `fewest`, evenly spread. */
export async function referenceRows<Row>(
  load: (query: SampleQuery) => Promise<Row[]>,
  { reference, segment, profiles }: ReferencePart,
  { limit, fewest }: { limit: number; fewest: number },
): Promise<ReferenceRows<Row>> {
  const windows = [];
  for (const { start, end, rows } of spread(profiles, fewest)) {
    windows.push({
      start,
      end,
      rows: await load({ rows, limit, segment, span: { from: start, to: end } }),
    });
  }
  return { sample: await load({ rows: reference.rows, limit, segment }), windows };
}

// One window alone leaves nothing to hold it against.
function spread(windows: readonly WindowProfile[], fewest: number): WindowProfile[] {
  const usable = windows.filter(({ rows }) => rows >= fewest);
  if (usable.length < 2) return [];
  const step = Math.max(1, usable.length / CALIBRATION_WINDOWS);
  return Array.from(
    { length: Math.min(CALIBRATION_WINDOWS, usable.length) },
    (_, i) => usable[Math.floor(i * step)]!,
  );
}
