import type { CaseOutcome } from "../cases/fault-case.ts";
import type { RowJudgement } from "../oracle/judge-rows.ts";
import type { Oracle } from "../oracle/oracle.ts";

/** Figures are what one case of one round came to. */
export interface Figures {
  name: string;
  seed: number;
  model: string;
  /** Distinct predictions, labels and samples that were acknowledged. */
  acknowledged: number;
  stored: number;
  duplicates: number;
  refused: number;
  lost: number;
  recoveryMs: number | undefined;
  seconds: number;
  note: string;
  problems: string[];
}

/** figuresOf puts together what the case, the oracle and the judge say. */
export function figuresOf(
  of: { name: string; seed: number; model: string; seconds: number },
  oracle: Oracle,
  rows: RowJudgement,
  outcome: CaseOutcome,
): Figures {
  return {
    ...of,
    acknowledged: oracle.acknowledgedEvents(),
    stored: rows.stored + rows.labels + rows.samples,
    duplicates: oracle.tally.duplicates,
    refused: oracle.tally.refused,
    lost: rows.lost,
    recoveryMs: outcome.recoveryMs,
    note: outcome.note,
    problems: [...new Set([...oracle.problems, ...rows.problems])],
  };
}

/** figuresLine returns one case's figures as one line of text. */
export function figuresLine(figures: Figures): string {
  const { name, seed, acknowledged, stored, duplicates, refused, lost, recoveryMs, seconds, note } = figures;
  const recovery = recoveryMs === undefined ? "" : `, recovered in ${(recoveryMs / 1_000).toFixed(1)} s`;
  const counts = `acknowledged ${acknowledged}, stored ${stored}, duplicates ${duplicates}, refused ${refused}, lost ${lost}`;
  return `${name} (seed ${seed}, ${seconds.toFixed(0)} s): ${counts}${recovery}; ${note}`;
}

/** figuresTable returns the sums of all rounds per case as a Markdown table. Cases that kill nothing share a row. */
export function figuresTable(all: readonly Figures[]): string {
  const recovering = new Set(
    all.filter(({ recoveryMs }) => recoveryMs !== undefined).map(({ name }) => name),
  );
  const steady = new Set(all.filter(({ name }) => !recovering.has(name)).map(({ name }) => name));
  const rows = [...recovering].map((name) => ({ name, cases: new Set([name]) }));
  if (steady.size > 0)
    rows.push({ name: `nothing to recover from: ${[...steady].join(", ")}`, cases: steady });
  const lines = rows.map(({ name, cases }) => {
    const rounds = all.filter((figures) => cases.has(figures.name));
    const sum = (pick: (figures: Figures) => number) =>
      rounds.reduce((total, figures) => total + pick(figures), 0).toLocaleString("en");
    const recoveries = rounds.flatMap(({ recoveryMs }) => recoveryMs ?? []).sort((a, b) => a - b);
    const seconds = (ms: number | undefined) => (ms === undefined ? "–" : (ms / 1_000).toFixed(1));
    const cells = [
      ...[name, String(rounds.length), sum((one) => one.acknowledged), sum((one) => one.stored)],
      ...[sum((one) => one.duplicates), sum((one) => one.refused), sum((one) => one.lost)],
      ...[seconds(recoveries[Math.floor(recoveries.length / 2)]), seconds(recoveries.at(-1))],
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| fault | rounds | acknowledged | stored | duplicates | refused | lost | recovery, median s | slowest s |",
    "|---|---|---|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}
