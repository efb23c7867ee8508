import type { MonitorPreview } from "../../evaluation/index.ts";
import type { Incident } from "../../records/index.ts";

/** MarkedIncident is the part of an incident that tells whether its time was worth an alarm. */
export type MarkedIncident = Pick<Incident, "started_at" | "last_failing_at" | "useful">;

const MARKS = ["yes", "expected", "no"] as const;

/** marksOn returns how many alarms fall into the time of incidents that people marked; one that falls into several counts once, as the most useful of them. O(alarms · incidents). */
export function marksOn(
  alarms: readonly { start: number; end: number }[],
  incidents: readonly MarkedIncident[],
): MonitorPreview["on_marked"] {
  const counts = { yes: 0, no: 0, expected: 0 };
  for (const { start, end } of alarms) {
    const marks = incidents
      .filter(({ started_at, last_failing_at }) => started_at < end && last_failing_at > start)
      .map(({ useful }) => useful?.mark);
    const best = MARKS.find((mark) => marks.includes(mark));
    if (best !== undefined) counts[best] += 1;
  }
  return counts;
}

/** marksText returns the counts as the end of a sentence: "; 2 on what you marked useful"; empty where no alarm falls on anything marked. */
export function marksText({ yes, no, expected }: MonitorPreview["on_marked"]): string {
  const parts = [
    [yes, "useful"],
    [no, "not useful"],
    [expected, "expected"],
  ] as const;
  const words = parts
    .filter(([count]) => count > 0)
    .map(([count, mark]) => `${count} on what you marked ${mark}`);
  return words.length === 0 ? "" : `; ${words.join(", ")}`;
}
