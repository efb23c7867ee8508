import type { ChangeEvent, ChangeKind } from "../records/index.ts";
import { formatWindowStart } from "../words/index.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SHORT_SHA = 9;

/** CHANGE_WORDS names the kinds of changes for people. */
export const CHANGE_WORDS: Readonly<Record<ChangeKind, string>> = {
  deploy: "Deploy",
  config: "Settings",
  data: "Data",
  note: "Note",
};

/** changeTitle returns what changed in one line, with the commit where it is known ("First prediction of version 7, git 1a2b3c4d5"). O(1). */
export function changeTitle({ title, git_sha: sha }: Pick<ChangeEvent, "title" | "git_sha">): string {
  return sha === undefined || sha === "" || title.includes(sha.slice(0, SHORT_SHA))
    ? title
    : `${title}, git ${sha.slice(0, SHORT_SHA)}`;
}

/** changeDistance returns how long before an incident began a change happened, in words ("40 min before", "5 min after its start"). O(1). */
export function changeDistance(timestamp: number, startedAt: number): string {
  const words = spanWords(Math.abs(timestamp - startedAt));
  return timestamp > startedAt ? `${words} after its start` : `${words} before`;
}

/** changeLine returns a change as a message lists it: what, how long before, when. O(1). */
export function changeLine(event: ChangeEvent, startedAt: number): string {
  const { timestamp, version, title } = event;
  const ofVersion = version === undefined || title.includes(version) ? "" : ` (version ${version})`;
  return `${changeTitle(event)}${ofVersion}: ${changeDistance(timestamp, startedAt)}, ${formatWindowStart(timestamp)}`;
}

function spanWords(ms: number): string {
  if (ms < MINUTE) return "less than a minute";
  if (ms < 2 * HOUR) return `${Math.round(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.round(ms / HOUR)} h`;
  return `${Math.round(ms / DAY)} d`;
}
