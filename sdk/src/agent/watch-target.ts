import type { CancelTimer, SdkRuntime } from "../runtime.ts";
import type { ScrapeOutcome } from "../scraping/endpoint/scrape-endpoint.ts";
import type { AssignRule } from "../scraping/mapping/assign.ts";
import { type Change, changesBetween, changeText, type Seen, seenOf } from "../scraping/mapping/changes.ts";
import { findResets } from "../scraping/mapping/find-resets.ts";
import type { Target } from "../scraping/targets/target.ts";
import type { Notice, TargetStats, Unassigned } from "./agent.ts";
import type { AgentSample } from "./create-sender.ts";
import { reportScrape } from "./scrape-report.ts";

/** WatchDeps are what watching a target needs. */
export interface WatchDeps {
  readonly runtime: Pick<SdkRuntime, "now" | "monotonicMs" | "random" | "schedule">;
  readonly read: (target: Target) => Promise<ScrapeOutcome>;
  readonly send: (sample: AgentSample) => void;
  readonly notify: (notice: Notice) => void;
  readonly rules: readonly AssignRule[];
  readonly sendsUnassigned: boolean;
  /** The name of the machine the agent is on. */
  readonly agent: string;
}

/** TargetWatch reads one target on its own schedule. */
export interface TargetWatch {
  readonly target: Target;
  start(): void;
  stop(): void;
  stats(): TargetStats;
}

const JITTER = 0.1;

/**
 * watchTarget returns a watch that reads a target at its interval, spread over it so that targets don't come together. The next reading waits for the one before:
 * a target that hangs delays nobody else. It never throws.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one watch, whose rounds share their state
export function watchTarget(target: Target, deps: WatchDeps): TargetWatch {
  const { runtime, notify } = deps;
  const counts = { scrapes: 0, failures: 0, samples: 0, resets: 0 };
  const missing = new Map<string, Change>();
  let seen: Seen | undefined;
  let totals: ReadonlyMap<string, number> = new Map();
  let unassigned: readonly Unassigned[] = [];
  let isUp: boolean | undefined;
  let problem: string | undefined;
  let areLeft = false;
  let isStopped = false;
  let cancel: CancelTimer = () => undefined;

  function enter(up: boolean, message: string): void {
    const hasChanged = up ? isUp === false : isUp !== false;
    isUp = up;
    problem = up ? undefined : message;
    if (hasChanged) notify({ kind: up ? "up" : "down", target: target.id, message });
  }

  function say(metric: string, unit: string, value: number, more: Record<string, string> = {}): void {
    deps.send({
      ...{ metric, kind: "gauge", unit, value, timestamp: runtime.now(), replica: deps.agent },
      attributes: { target: target.id.slice(0, 256), ...more },
    });
  }

  function take(outcome: Extract<ScrapeOutcome, { kind: "read" }>, now: number): void {
    const { exposition } = outcome;
    const { rules, sendsUnassigned } = deps;
    const report = reportScrape(exposition, target, { rules, sendsUnassigned, now });
    for (const sample of report.samples) deps.send(sample);
    counts.samples += report.samples.length;
    const resets = findResets(totals, report.series);
    totals = resets.totals;
    if (resets.metrics.length > 0) {
      counts.resets++;
      notify({ kind: "restarted", target: target.id, message: `${target.id}: counters began again` });
    }
    tellChanges(seenOf(exposition, report.series));
    tellUnassigned(report.unassigned);
    const wereLeft = areLeft;
    areLeft = exposition.left > 0;
    if (areLeft && !wereLeft) {
      const message = `${target.id}: ${exposition.left} series are left out; raise max_series`;
      notify({ kind: "left_out", target: target.id, message });
    }
    enter(true, `${target.id}: answers again`);
  }

  function tellChanges(now: Seen): void {
    for (const change of changesBetween(seen, now, new Set(missing.keys()))) {
      const key = `${change.source} ${change.quantity}`;
      notify({ kind: change.kind, target: target.id, message: changeText(change, target.id) });
      if (change.kind === "gone" || change.kind === "missing") missing.set(key, change);
      else if (missing.delete(key)) say("leeway_agent_quantity_missing", "1", 0, missingAttributes(change));
    }
    for (const change of missing.values())
      say("leeway_agent_quantity_missing", "1", 1, missingAttributes(change));
    seen = now;
  }

  function tellUnassigned(now: readonly Unassigned[]): void {
    for (const { source, series, example } of now) {
      say("leeway_agent_unassigned_series", "1", series, { source });
      if (unassigned.some((before) => before.source === source)) continue;
      const labels = Object.entries(example)
        .slice(0, 6)
        .map(([name, value]) => `${name}="${value}"`)
        .join(", ");
      const message = `${target.id}: ${series} series of ${source} have no model; write a rule under assign. One has {${labels}}.`;
      notify({ kind: "unassigned", target: target.id, message });
    }
    for (const { source } of unassigned) {
      if (!now.some((one) => one.source === source))
        say("leeway_agent_unassigned_series", "1", 0, { source });
    }
    unassigned = now;
  }

  async function readOnce(): Promise<void> {
    const now = runtime.now();
    const startedMs = runtime.monotonicMs();
    const outcome = await deps.read(target).catch(
      (error: unknown): ScrapeOutcome => ({
        kind: "failed",
        reason: "unreachable",
        message: String(error),
      }),
    );
    if (isStopped) return;
    counts.scrapes++;
    const reason = outcome.kind === "failed" ? { reason: outcome.reason } : undefined;
    say("leeway_agent_target_up", "1", reason === undefined ? 1 : 0, reason);
    say("leeway_agent_scrape_seconds", "seconds", (runtime.monotonicMs() - startedMs) / 1_000);
    if (outcome.kind === "read") return take(outcome, now);
    counts.failures++;
    enter(false, `${target.id}: ${outcome.message}`);
  }

  async function loop(): Promise<void> {
    const startedMs = runtime.monotonicMs();
    try {
      await readOnce();
    } catch (error) {
      counts.failures++;
      enter(false, `${target.id}: ${String(error)}`);
    }
    if (isStopped) return;
    const wait = target.intervalMs * (1 + (runtime.random() - 0.5) * JITTER);
    cancel = runtime.schedule(Math.max(0, wait - (runtime.monotonicMs() - startedMs)), () => void loop());
  }

  return {
    target,
    start() {
      cancel = runtime.schedule(runtime.random() * target.intervalMs, () => void loop());
    },
    stop() {
      isStopped = true;
      cancel();
    },
    stats: () => ({
      ...{ target: target.id, isUp, problem, ...counts, unassigned },
      missing: [...missing.values()].map(({ quantity }) => quantity),
    }),
  };
}

function missingAttributes({ source, quantity, metric, likely }: Change): Record<string, string> {
  return { source, quantity, metric, ...(likely !== undefined && { likely }) };
}
