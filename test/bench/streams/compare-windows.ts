import type { DriftWindow, MetricValue } from "@leeway/core/evaluation";
import type { ExpectedWindow, Stream } from "./stream.ts";

/** Differences are the largest distances from what other programs computed, over all windows and metrics or features. */
export interface Differences {
  windows: number;
  metric: { value: number; where: string };
  psi: { value: number; where: string };
  ks: { value: number; where: string };
}

/** AnsweredWindow is what the API says of one window. */
export interface AnsweredWindow {
  start: number;
  metrics: Record<string, MetricValue>;
  features: DriftWindow["features"];
  prediction: DriftWindow["prediction"] | undefined;
}

/** compareWindows returns the largest differences; an expected number that the API does not give differs infinitely. */
export function compareWindows(
  expected: readonly ExpectedWindow[],
  answered: ReadonlyMap<number, AnsweredWindow>,
): Differences {
  const none = { value: 0, where: "" };
  const found: Differences = { windows: expected.length, metric: none, psi: none, ks: none };
  const note = (
    kind: "metric" | "psi" | "ks",
    ours: number | null | undefined,
    theirs: number,
    name: string,
  ) => {
    // 0/0 is 0 to scikit-learn and not defined to us.
    const isUndefined = ours === null && theirs === 0;
    const distance = typeof ours === "number" ? Math.abs(ours - theirs) : isUndefined ? 0 : Infinity;
    const value = distance / Math.max(1, Math.abs(theirs));
    if (value > found[kind].value) found[kind] = { value, where: name };
  };
  for (const { start, metrics, drift } of expected) {
    const window = answered.get(start);
    for (const [name, theirs] of Object.entries(metrics)) {
      note("metric", window?.metrics[name]?.value, theirs, `${name} ${day(start)}`);
    }
    for (const [name, { psi, ks }] of Object.entries(drift)) {
      const ours = name === "prediction" ? window?.prediction : window?.features[name];
      note("psi", ours?.psi, psi, `${name} ${day(start)}`);
      if (ks !== undefined) note("ks", ours?.ks_statistic, ks, `${name} ${day(start)}`);
    }
  }
  return found;
}

/** DriftFindings says how soon drift was seen where it is, and how often where it is not. */
export interface DriftFindings {
  /** `isUnjudged`: never called drifted, but never fine either: every window says that it can't be judged. */
  found: { feature: string; windows: number | undefined; isUnjudged: boolean }[];
  /** Windows in which a feature that does not drift was called drifted, of all such windows, with what was said. */
  wrong: string[];
  /** Alarms that blame a feature that does not drift. */
  alarms: string[];
  quiet: number;
}

/** AnsweredAlarm is what would open an incident. */
export interface AnsweredAlarm {
  start: number;
  cause: string;
  features: string[];
}

/** findDrift returns after how many windows each drifting feature was called drifted, and where steady ones were, or were blamed for an alarm. */
export function findDrift(
  stream: Stream,
  windows: readonly AnsweredWindow[],
  alarms: readonly AnsweredAlarm[],
): DriftFindings {
  const hasDrifted = (window: AnsweredWindow, feature: string) => window.features[feature]?.drifted === true;
  const found = stream.drifting.map(({ feature, since }) => {
    const after = windows.filter(({ start }) => start + stream.windowMs > since);
    const index = after.findIndex((window) => hasDrifted(window, feature));
    const isUnjudged = index === -1 && after.every((window) => window.features[feature]?.outcome !== "ok");
    return { feature, windows: index === -1 ? undefined : index + 1, isUnjudged };
  });
  const steady = stream.steady.flatMap(({ feature, from, to }) =>
    windows
      .filter(({ start }) => start >= from && start + stream.windowMs <= to)
      .map((window) => ({ feature, window })),
  );
  return {
    found,
    wrong: steady
      .filter(({ feature, window }) => hasDrifted(window, feature))
      .map(({ feature, window }) => `${day(window.start)} ${window.features[feature]?.reason}`),
    alarms: alarms
      .filter(({ start, features }) =>
        stream.steady.some(
          ({ feature, from, to }) =>
            features.includes(feature) && start >= from && start + stream.windowMs <= to,
        ),
      )
      .map(({ start, cause, features }) => `${day(start)} ${cause} ${features.join("|")}`),
    quiet: steady.length,
  };
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
