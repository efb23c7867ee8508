import type { World } from "../processes/start-world.ts";
import { readRows } from "./read-rows.ts";

/** judgeAnalysis returns what is wrong with everything derived from the raw rows of `model`: joined labels, roll-ups, verdicts, incidents. */
export async function judgeAnalysis(world: World, model: string): Promise<string[]> {
  const problems = await Promise.all([
    judgeJoin(world, model),
    judgeServing(world, model),
    judgeProfiles(world, model),
    judgeVerdicts(world, model),
    judgeIncidents(world, model),
  ]);
  return problems.flat().map((problem) => `${model}: ${problem}`);
}

// What is compared is worked out twice: by the product bit by bit while faults rained, and here from the raw rows in one go.
async function judgeJoin(world: World, model: string): Promise<string[]> {
  const [found] = await readRows<Record<"joined" | "expected" | "waiting" | "orphans" | "wrong", number>>(
    world,
    `WITH p AS (SELECT id FROM predictions FINAL WHERE project = 'default' AND model = {model:String}),
       l AS (SELECT prediction_id, label, timestamp FROM labels FINAL WHERE project = 'default' AND model = {model:String}),
       r AS (SELECT prediction_id, label, timestamp FROM resolved_labels FINAL WHERE project = 'default' AND model = {model:String})
     SELECT
       (SELECT count() FROM r) AS joined,
       (SELECT count() FROM l WHERE prediction_id IN p) AS expected,
       (SELECT count() FROM orphan_labels FINAL WHERE project = 'default' AND model = {model:String} AND is_resolved = 0) AS waiting,
       (SELECT count() FROM l WHERE prediction_id NOT IN p) AS orphans,
       (SELECT count() FROM (SELECT prediction_id, argMax(label, timestamp) AS latest FROM l WHERE prediction_id IN p GROUP BY prediction_id) AS a
        LEFT JOIN (SELECT prediction_id, argMax(label, timestamp) AS latest FROM r GROUP BY prediction_id) AS b USING (prediction_id)
        WHERE a.latest != b.latest OR b.latest IS NULL) AS wrong`,
    { model },
  );
  if (found === undefined) return ["no labels"];
  const problems = [];
  if (found.joined !== found.expected)
    problems.push(`${found.joined} labels joined instead of ${found.expected}`);
  if (found.waiting !== found.orphans)
    problems.push(`${found.waiting} labels wait instead of ${found.orphans}`);
  if (found.wrong > 0) problems.push(`${found.wrong} predictions with the wrong latest label`);
  return problems;
}

async function judgeServing(world: World, model: string): Promise<string[]> {
  const rows = await readRows<{ at: number; kept: number; raw: number }>(
    world,
    `SELECT toUnixTimestamp(minute) AS at, sum(kept) AS kept, sum(raw) AS raw FROM (
       SELECT minute, total AS kept, 0 AS raw FROM serving_minutes FINAL WHERE project = 'default' AND model = {model:String}
       UNION ALL
       SELECT toStartOfMinute(toDateTime(timestamp, 'UTC')) AS minute, 0 AS kept, toFloat64(count()) AS raw
       FROM predictions FINAL WHERE project = 'default' AND model = {model:String} GROUP BY minute
     ) GROUP BY minute HAVING kept != raw`,
    { model },
  );
  return rows.length === 0
    ? []
    : [`${rows.length} minutes of serving differ, first ${JSON.stringify(rows[0])}`];
}

async function judgeProfiles(world: World, model: string): Promise<string[]> {
  const [raw] = await readRows<{ rows: number; amount: number }>(
    world,
    `SELECT count() AS rows, sum(numbers['amount']) AS amount FROM predictions FINAL WHERE project = 'default' AND model = {model:String}`,
    { model },
  );
  const rollups = await readRows<{ reference_id: string; rows: number; amounts: number; amount: number }>(
    world,
    `SELECT reference_id, b.rows AS rows, f.amounts AS amounts, f.amount AS amount FROM (
       SELECT reference_id, bucket_ms, toFloat64(sum(rows)) AS rows FROM profile_buckets FINAL
       WHERE project = 'default' AND model = {model:String} AND segment = '' GROUP BY reference_id, bucket_ms
     ) AS b LEFT JOIN (
       SELECT reference_id, bucket_ms, sum(number_count) AS amounts, sum(sum) AS amount FROM feature_profiles FINAL
       WHERE project = 'default' AND model = {model:String} AND segment = '' AND feature = 'amount' GROUP BY reference_id, bucket_ms
     ) AS f USING (reference_id, bucket_ms)`,
    { model },
  );
  if (raw === undefined || rollups.length === 0) return ["no feature profiles"];
  return rollups
    .filter(({ rows, amounts, amount }) => rows !== raw.rows || amounts !== raw.rows || amount !== raw.amount)
    .map((rollup) => `profiles ${JSON.stringify(rollup)} instead of ${JSON.stringify(raw)}`);
}

async function judgeVerdicts(world: World, model: string): Promise<string[]> {
  const chains = await readRows<{ windows: number; kinds: number; contradictions: number; gaps: number }>(
    world,
    `SELECT count() AS windows, uniqExact(kind) AS kinds, sum(contents > revisions) AS contradictions,
       sum(last != revisions OR first != 1) AS gaps
     FROM (
       SELECT kind, monitor_id, version, environment, segment, window_start, window_end,
         uniqExact(revision) AS revisions, min(revision) AS first, max(revision) AS last,
         uniqExact(revision, outcome, cause, reason, detail) AS contents
       FROM evaluations WHERE project = 'default' AND model = {model:String}
       GROUP BY kind, monitor_id, version, environment, segment, window_start, window_end
     )`,
    { model },
  );
  const [chain] = chains;
  if (chain === undefined || chain.windows === 0) return ["no verdicts"];
  const problems = [];
  if (chain.contradictions > 0)
    problems.push(`${chain.contradictions} windows with two verdicts in one revision`);
  if (chain.gaps > 0) problems.push(`${chain.gaps} windows whose revisions have gaps`);
  return problems;
}

// The population is steady: whatever was raised came from rows or labels that were late, and is withdrawn once they are there.
async function judgeIncidents(world: World, model: string): Promise<string[]> {
  const incidents = await world.store.records.incident.list("default");
  return incidents
    .filter((incident) => incident.model === model && incident.fired_at !== undefined)
    .filter(({ state, evaluations }) => state !== "resolved" || evaluations.some((one) => !one.withdrawn))
    .map(({ cause, state, title }) => `an incident of ${cause} (${state}): ${title}`);
}
