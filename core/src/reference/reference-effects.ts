import type { Monitor, ReferenceChoice } from "../records/index.ts";
import { windowStart } from "../window/index.ts";
import { type ReferenceOutline, referenceOf } from "./reference-of.ts";

/** ReferenceEffect is a version whose reference a change replaces, and what is judged again for it; times are epoch ms of event time. */
export interface ReferenceEffect {
  version: string;
  environment: string;
  /** Ids; null where there is none (yet). */
  before: string | null;
  after: string | null;
  monitors: number;
  windows: number;
  from: number;
  to: number;
}

/** ReferenceState is the references of a model and what people chose. */
export interface ReferenceState {
  references: readonly ReferenceOutline[];
  choices: readonly ReferenceChoice[];
}

/**
 * referenceEffects returns every version whose reference differs between `before` and `after`, with the windows of drift and performance that have to
 * be judged again. A reference given for one version may be the reference of others, too. O(versions · references).
 */
export function referenceEffects(input: {
  before: ReferenceState;
  after: ReferenceState;
  versions: readonly { version: string; environment: string; firstSeen: number; lastSeen: number }[];
  monitors: readonly Monitor[];
}): ReferenceEffect[] {
  return input.versions.flatMap(({ version, environment, firstSeen, lastSeen }) => {
    const before = referenceOf({ version, ...input.before })?.reference.id ?? null;
    const after = referenceOf({ version, ...input.after })?.reference.id ?? null;
    const isChosenAnew = input.after.choices.some(
      (choice) => choice.version === version && !input.before.choices.includes(choice),
    );
    if (before === after && !isChosenAnew) return [];
    const monitors = input.monitors.filter(
      (monitor) =>
        (monitor.kind === "drift" || monitor.kind === "performance") &&
        monitor.enabled &&
        monitor.environment === environment &&
        (monitor.version ?? version) === version,
    );
    const windows = monitors.reduce(
      (sum, { window }) =>
        sum + Math.max(0, (windowStart(lastSeen, window) - windowStart(firstSeen, window)) / window),
      0,
    );
    return [
      {
        ...{ version, environment, before, after },
        ...{ monitors: monitors.length, windows, from: firstSeen, to: lastSeen },
      },
    ];
  });
}

/** referenceChangeSentence says what a change of reference will do, before anybody does it. O(effects). */
export function referenceChangeSentence(effects: readonly ReferenceEffect[]): string {
  if (effects.length === 0)
    return "No version is compared with another reference by this, and nothing is judged again.";
  const windows = effects.reduce((sum, effect) => sum + effect.windows, 0);
  const names = effects.map(({ version, environment }) =>
    environment === "production" ? version : `${version} (${environment})`,
  );
  const subject = names.length === 1 ? `version ${names[0]}` : `versions ${names.join(", ")}`;
  const waits = effects.some(({ after }) => after === null)
    ? " Until a new reference can be taken, its inputs are not judged."
    : "";
  const count = windows.toLocaleString("en-US");
  const what = windows === 1 ? "1 window" : `${count} windows`;
  return (
    `${what} of ${subject} ${windows === 1 ? "is" : "are"} judged again, from ${day(
      effects.map(({ from }) => from),
      Math.min,
    )} to ` +
    `${day(
      effects.map(({ to }) => to),
      Math.max,
    )}.${waits} Open incidents may change their cause or resolve.`
  );
}

function day(times: readonly number[], pick: (...values: number[]) => number): string {
  return new Date(pick(...times)).toISOString().slice(0, 10);
}
