import { createRandom } from "@leeway/core/random";
import type { FaultCase } from "./cases/fault-case.ts";
import { judgeRows } from "./oracle/judge-rows.ts";
import { Oracle } from "./oracle/oracle.ts";
import type { World } from "./processes/start-world.ts";
import { type Figures, figuresOf } from "./report/figures.ts";
import { makeTraffic } from "./traffic/make-traffic.ts";

const DAY = 86_400_000;

/** RoundOptions say which round of a case is run; model and traffic follow from them. */
export interface RoundOptions {
  seed: number;
  predictions: number;
  strikes: number;
}

/** runCase runs one round of a case, waits until its rows are quiet, and judges them. */
export async function runCase(world: World, fault: FaultCase, options: RoundOptions): Promise<Figures> {
  const startedAt = Date.now();
  const slug = fault.name.toLowerCase().replaceAll(/\W+/g, "-");
  const model = `${slug}-${options.seed}`;
  const oracle = new Oracle();
  const today = Math.floor(startedAt / DAY) * DAY;
  const unruly = { repeatedBatches: 0.5, repeatedEvents: 0.3, conflictingEvents: 0.1, reusedBatchIds: 0.3 };
  const outcome = await fault.run({
    world,
    oracle,
    random: createRandom(options.seed * 31 + 1),
    model,
    today,
    strikes: Math.max(options.strikes, fault.fewestStrikes ?? 1),
    traffic: (kind = {}) =>
      makeTraffic({
        ...{ model, seed: options.seed, today },
        predictions: kind.predictions ?? options.predictions,
        skewedClocks: kind.skewedClocks ?? 0,
        ...(kind.unruly === true ? unruly : {}),
        ...(kind.isAgreed === true ? { ...unruly, conflictingEvents: 0, reusedBatchIds: 0 } : {}),
      }),
  });
  const rows = await judgeRows(world, model, oracle);
  const seconds = (Date.now() - startedAt) / 1_000;
  return figuresOf({ name: fault.name, seed: options.seed, model, seconds }, oracle, rows, outcome);
}
