import type { Quantity } from "@leeway/core/quantities";
import { createTargetFinder } from "../../agent/find-targets.ts";
import { createTargetReader } from "../../agent/read-target.ts";
import { rulesOf } from "../../agent/rules-of.ts";
import { reportScrape, type ScrapeReport } from "../../agent/scrape-report.ts";
import type { HttpGet } from "../../scraping/endpoint/http-get.ts";
import { changesBetween, changeText, seenOf } from "../../scraping/mapping/changes.ts";
import type { AgentConfig } from "../../scraping/targets/agent-config.ts";
import type { Target } from "../../scraping/targets/target.ts";
import { type CliContext, EXIT } from "../cli-context.ts";

interface Shell {
  readonly get: HttpGet;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly hostname: string;
}

/** readOnce reads every target once and prints which quantities it gives, whose they are, and what is missing. It sends nothing. */
export async function readOnce(config: AgentConfig, shell: Shell, context: CliContext): Promise<number> {
  const find = createTargetFinder(config, {
    ...shell,
    onProblem: (_, message) => context.note(message),
  });
  const read = createTargetReader({ ...shell, maxSeries: config.max_series });
  const targets = [...(await find()).values()];
  if (targets.length === 0) {
    context.note("no target was found");
    return EXIT.nothing;
  }
  const answers = await Promise.all(
    targets.map(async (target) => printTarget(target, config, await read(target), context)),
  );
  return answers.every(Boolean) ? EXIT.ok : EXIT.failed;
}

function printTarget(
  target: Target,
  config: AgentConfig,
  outcome: Awaited<ReturnType<ReturnType<typeof createTargetReader>>>,
  { print, runtime }: CliContext,
): boolean {
  if (outcome.kind === "failed") {
    print(`${target.id}: ${outcome.message}`);
    return false;
  }
  const rules = rulesOf(config);
  const now = runtime.now();
  const report = reportScrape(outcome.exposition, target, { rules, sendsUnassigned: true, now });
  print(`${target.id}: ${report.series.length} series of ${report.quantities.length} quantities`);
  for (const line of linesOf(report)) print(`  ${line}`);
  for (const change of changesBetween(undefined, seenOf(outcome.exposition, report.series), new Set())) {
    print(`  ${changeText(change, target.id)}`);
  }
  return true;
}

function linesOf({ series, samples, unassigned }: ScrapeReport): string[] {
  const metrics = new Map<Quantity, Set<string>>();
  for (const { quantity, metric } of series) {
    metrics.set(quantity, (metrics.get(quantity) ?? new Set()).add(metric));
  }
  const owners = new Set(
    samples.map(({ model, version, replica }) =>
      model === undefined ? `nobody's, on ${replica}` : `${model} ${version ?? "(no version)"} on ${replica}`,
    ),
  );
  return [
    ...[...metrics].map(([quantity, names]) => `${quantity} from ${[...names].join(", ")}`),
    ...[...owners].map((owner) => `belongs to ${owner}`),
    ...unassigned.map(({ source, series: count }) => `${count} series of ${source} have no model`),
  ];
}
