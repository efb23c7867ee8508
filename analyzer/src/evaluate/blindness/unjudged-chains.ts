import { isPassingTrouble } from "@leeway/core/errors";
import { liveVersions, type UnjudgedChain, type UnjudgedReason } from "@leeway/core/health";
import type { Monitor } from "@leeway/core/records";
import { segmentKey } from "@leeway/core/segment";
import type { TimeWindow } from "@leeway/core/window";
import type { EvaluationProgress } from "@leeway/store";
import { firstUnjudged } from "../chain/plan-chain.ts";
import type { JudgedChain } from "../pass/judged-chain.ts";
import { chainProgress, type WatchedSubject } from "../pass/pass-context.ts";
import { wantedWindows } from "../pass/plan-windows.ts";

/** PassOutcome is what a pass made of each chain, or the error that ended it before any was judged. */
export type PassOutcome =
  | { outcome: "judged"; chains: readonly JudgedChain[] }
  | { outcome: "failed"; error: unknown };

/**
 * unjudgedChains returns the monitors that a pass left with a due window which was never judged, and why. Versions that another one has replaced count for nothing, and
 * neither does a chain that is only being caught up with.
 */
export function unjudgedChains(
  watched: readonly WatchedSubject[],
  progress: readonly EvaluationProgress[],
  pass: PassOutcome,
  asOf: number,
): UnjudgedChain[] {
  const versions = watched.map((one) => ({
    ...one,
    lastSeen: one.subject.traffic.lastSeenAt,
    isArchived: one.subject.isArchived,
    environment: one.subject.traffic.environment,
  }));
  const environments = [...new Set(versions.map(({ environment }) => environment))];
  return environments
    .flatMap((environment) => {
      const mine = versions.filter((version) => version.environment === environment);
      return liveVersions(
        mine,
        mine.flatMap(({ monitors }) => monitors),
      );
    })
    .flatMap((one) => one.monitors.map((monitor) => unjudgedChain(one, monitor, progress, pass, asOf)))
    .filter((chain) => chain !== undefined);
}

function unjudgedChain(
  { subject }: WatchedSubject,
  monitor: Monitor,
  progress: readonly EvaluationProgress[],
  pass: PassOutcome,
  asOf: number,
): UnjudgedChain | undefined {
  const { traffic, held } = subject;
  const stored = chainProgress({ progress }, traffic, monitor);
  const chain = pass.outcome === "judged" ? chainOf(pass.chains, subject, monitor) : undefined;
  const judged = new Set(
    (chain?.assessments ?? [])
      .filter(({ evaluation }) => evaluation.outcome !== "error")
      .map(({ evaluation }) => evaluation.window_start),
  );
  const due = wantedWindows({ asOf, range: undefined }, subject, monitor);
  const window = firstUnjudged(
    due.filter(({ start }) => !judged.has(start)),
    stored,
  );
  if (window === undefined) return undefined;
  const why = reasonOf(pass, chain, window) ?? withoutReference(monitor, held, traffic.version);
  if (why === undefined) return undefined;
  return {
    ...{ monitorId: monitor.id, kind: monitor.kind, version: traffic.version },
    ...{ environment: traffic.environment, windowMs: monitor.window, since: window.start },
    ...why,
    lastVerdictAt: stored?.evaluatedAt ?? monitor.created_at,
  };
}

type Why = { reason: UnjudgedReason; words: string };

function reasonOf(pass: PassOutcome, chain: JudgedChain | undefined, window: TimeWindow): Why | undefined {
  const failure = pass.outcome === "failed" ? { error: pass.error } : chain?.failure;
  if (failure !== undefined) {
    const { error } = failure;
    const message = error instanceof Error ? error.message : String(error);
    return isPassingTrouble(error)
      ? { reason: "store_away", words: `The store refuses to answer: ${message}` }
      : { reason: "failing", words: `The check fails: ${message}` };
  }
  const verdict = chain?.assessments.find(({ evaluation }) => evaluation.window_start === window.start);
  return verdict?.evaluation.outcome === "error"
    ? { reason: "failing", words: verdict.evaluation.reason }
    : undefined;
}

function withoutReference(
  { kind }: Monitor,
  held: WatchedSubject["subject"]["held"],
  version: string,
): Why | undefined {
  if (kind !== "drift" || held !== undefined) return undefined;
  return {
    reason: "no_reference",
    words: `Version ${version} has no reference: its traffic is too little to make one, and none was uploaded or pinned`,
  };
}

function chainOf(
  chains: readonly JudgedChain[],
  { traffic }: WatchedSubject["subject"],
  monitor: Monitor,
): JudgedChain | undefined {
  return chains.find(
    (chain) =>
      chain.monitor.id === monitor.id &&
      segmentKey(chain.monitor.segment) === segmentKey(monitor.segment) &&
      chain.traffic.version === traffic.version &&
      chain.traffic.environment === traffic.environment,
  );
}
