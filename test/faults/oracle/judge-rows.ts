import type { World } from "../processes/start-world.ts";
import { labelKey, type Oracle, type PredictionFate, sampleKey } from "./oracle.ts";
import { readRows } from "./read-rows.ts";

/** RowJudgement is how raw rows compare with what was acknowledged; every figure but the first three must be 0. */
export interface RowJudgement {
  stored: number;
  labels: number;
  samples: number;
  /** Acknowledged and not there. */
  lost: number;
  /** There more than once. */
  doubled: number;
  /** There with another payload than the acknowledged one. */
  altered: number;
  /** There though never sent, or though refused. */
  unexpected: number;
  problems: string[];
}

interface StoredPrediction {
  id: string;
  amount: number;
  city: string;
  score: number;
  latency: number;
  time: number;
}

/** judgeRows holds every stored prediction and label of `model` against the oracle, row by row and as sums. */
export async function judgeRows(world: World, model: string, oracle: Oracle): Promise<RowJudgement> {
  const verdict: RowJudgement = {
    ...{ stored: 0, labels: 0, samples: 0 },
    ...{ lost: 0, doubled: 0, altered: 0, unexpected: 0, problems: [] },
  };
  await judgePredictions(world, model, oracle, verdict);
  await judgeLabels(world, model, oracle, verdict);
  await judgeSamples(world, model, oracle, verdict);
  for (const figure of ["lost", "doubled", "altered", "unexpected"] as const) {
    if (verdict[figure] > 0) verdict.problems.push(`${verdict[figure]} ${figure}`);
  }
  return verdict;
}

async function judgePredictions(world: World, model: string, oracle: Oracle, verdict: RowJudgement) {
  const rows = await readRows<StoredPrediction>(
    world,
    `SELECT id, numbers['amount'] AS amount, strings['city'] AS city, score, latency_ms AS latency,
       toUnixTimestamp64Milli(timestamp) AS time
     FROM predictions FINAL WHERE project = 'default' AND model = {model:String}`,
    { model },
  );
  const seen = new Set<string>();
  let expectedSum = 0;
  for (const row of rows) {
    if (seen.has(row.id)) verdict.doubled++;
    seen.add(row.id);
    const fate = oracle.predictions.get(row.id);
    const variant = fate === undefined ? undefined : variantOf(fate, row);
    if (fate === undefined) verdict.unexpected++;
    else if (variant === undefined) verdict.altered++;
    else if (fate.acknowledged.size > 0 ? !fate.acknowledged.has(variant) : fate.refused.has(variant)) {
      if (fate.acknowledged.size > 0) verdict.altered++;
      else verdict.unexpected++;
    } else expectedSum += fate.payloads.get(variant)?.amount ?? Number.NaN;
  }
  verdict.stored = seen.size;
  verdict.lost += oracle.acknowledgedIds().filter((id) => !seen.has(id)).length;
  const [sums] = await readRows<{ rows: number; ids: number; amount: number }>(
    world,
    `SELECT count() AS rows, uniqExact(id) AS ids, sum(numbers['amount']) AS amount
     FROM predictions FINAL WHERE project = 'default' AND model = {model:String}`,
    { model },
  );
  if (Number(sums?.rows) !== Number(sums?.ids))
    verdict.problems.push(`${sums?.rows} rows of ${sums?.ids} ids`);
  if (sums?.amount !== expectedSum) verdict.problems.push(`sum ${sums?.amount} instead of ${expectedSum}`);
}

function variantOf(fate: PredictionFate, row: StoredPrediction): number | undefined {
  for (const [variant, planned] of fate.payloads) {
    const isThis =
      planned.amount === row.amount &&
      planned.city === row.city &&
      planned.score === row.score &&
      planned.latencyMs === row.latency &&
      planned.timestamp === Number(row.time);
    if (isThis) return variant;
  }
  return undefined;
}

async function judgeLabels(world: World, model: string, oracle: Oracle, verdict: RowJudgement) {
  const rows = await readRows<{ prediction_id: string; label: string; time: number }>(
    world,
    `SELECT prediction_id, label, toUnixTimestamp64Milli(timestamp) AS time
     FROM labels FINAL WHERE project = 'default' AND model = {model:String}`,
    { model },
  );
  const keys = rows.map(({ prediction_id, label, time }) => labelKey(prediction_id, Number(time), label));
  verdict.labels = judgeKeys(keys, oracle.labels, verdict);
}

async function judgeSamples(world: World, model: string, oracle: Oracle, verdict: RowJudgement) {
  const rows = await readRows<{ replica: string; value: number; time: number }>(
    world,
    `SELECT replica, value, toUnixTimestamp64Milli(timestamp) AS time
     FROM telemetry FINAL WHERE project = 'default' AND model = {model:String}`,
    { model },
  );
  const keys = rows.map(({ replica, value, time }) => sampleKey(replica, Number(time), value));
  verdict.samples = judgeKeys(keys, oracle.samples, verdict);
}

// Returns how many distinct ones are stored.
function judgeKeys(
  stored: readonly string[],
  sent: ReadonlyMap<string, { isAcknowledged: boolean }>,
  verdict: RowJudgement,
): number {
  const seen = new Set<string>();
  for (const key of stored) {
    if (seen.has(key)) verdict.doubled++;
    if (!sent.has(key)) verdict.unexpected++;
    seen.add(key);
  }
  for (const [key, { isAcknowledged }] of sent) if (isAcknowledged && !seen.has(key)) verdict.lost++;
  return seen.size;
}
