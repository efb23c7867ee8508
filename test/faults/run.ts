import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect, parseArgs } from "node:util";
import { ALL_CASES } from "./cases/all-cases.ts";
import type { FaultCase } from "./cases/fault-case.ts";
import { judgeAnalysis } from "./oracle/judge-analysis.ts";
import { judgeRepetition } from "./oracle/judge-repetition.ts";
import { settle } from "./oracle/settle.ts";
import { ROOT } from "./processes/managed-process.ts";
import { startWorld } from "./processes/start-world.ts";
import { type Figures, figuresLine, figuresTable } from "./report/figures.ts";
import { writeSection } from "./report/write-section.ts";
import { runCase } from "./run-case.ts";

// node --import tsx test/faults/run.ts [--rounds N] [--seed S] [--case PATTERN] [--rows-only] [--write]
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: process.env["LEEWAY_FAULT_ROUNDS"] ?? "20" },
    seed: { type: "string", default: "1" },
    case: { type: "string", default: "" },
    "rows-only": { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
// Whoever ends the run early leaves no process and no disk behind: both go when this process exits of its own accord.
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  // It may come twice (to the process and to its group): the second must not end the cleaning up of the first.
  process.on(signal, () => {
    process.stdout.write(`ended from outside by ${signal}: what stands above is not the whole run\n`);
    process.exit(1);
  });
}
const rounds = Number(values.rounds);
const firstSeed = Number(values.seed);
// After the last row the analyzer has this long to settle everything by itself; nobody helps it here.
const SETTLE_MS = 240_000;
const all: Figures[] = [];
const problems: string[] = [];
const isWanted = ({ name, isOnDemand }: FaultCase) =>
  values.case === "" ? isOnDemand !== true : new RegExp(values.case).test(name);
const newWorld = () => startWorld({ diskMebibytes: 1_024, judgeAheadMs: 0 });
let world = await newWorld();
try {
  for (let round = 0; round < rounds; round++) {
    let models: string[] = [];
    // Merged parts stay on its small disk for eight minutes: rounds must not fill it up for each other.
    if (round > 0) {
      await world.stop();
      world = await newWorld();
    }
    for (const fault of ALL_CASES.filter(isWanted)) {
      const reason = fault.unavailable?.(world);
      if (reason !== undefined) {
        process.stdout.write(`${fault.name}: not run, ${reason}\n`);
        continue;
      }
      const seed = firstSeed + round;
      const figures = await runCase(world, fault, { seed, predictions: 2_600, strikes: 2 }).catch(inspect);
      if (typeof figures === "string") {
        process.stdout.write(`  WRONG: ${fault.name} (seed ${seed}) broke off: ${figures}\n`);
        problems.push(`${fault.name} (seed ${seed}) broke off`);
        // Whatever it left behind must not spoil the cases after it.
        await world.stop();
        world = await newWorld();
        models = [];
        continue;
      }
      process.stdout.write(`${figuresLine(figures)}\n`);
      for (const problem of figures.problems) process.stdout.write(`  WRONG: ${problem}\n`);
      problems.push(...figures.problems);
      all.push(figures);
      if (fault.isRowsOnly !== true && !values["rows-only"]) models.push(figures.model);
    }
    const wrong = await settle(world, models, judgeAnalysis, SETTLE_MS);
    if (wrong.length === 0) for (const model of models) wrong.push(...(await judgeRepetition(world, model)));
    for (const problem of wrong) process.stdout.write(`  WRONG after settling: ${problem}\n`);
    problems.push(...wrong);
  }
  const table = figuresTable(all);
  process.stdout.write(`\n${table}\n\n${problems.length} problems\n`);
  if (values.write) {
    const path = join(ROOT, "docs/benchmarks.md");
    writeFileSync(path, writeSection(readFileSync(path, "utf8"), table, { rounds, firstSeed, problems }));
  }
} finally {
  await world.stop();
}
process.exitCode = problems.length === 0 ? 0 : 1;
