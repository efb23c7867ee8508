import type { World } from "../processes/start-world.ts";
import { postJson } from "../traffic/post-json.ts";
import { readRows } from "./read-rows.ts";
import { untilSettled } from "./until-settled.ts";

const DAY = 86_400_000;
const PATIENCE_MS = 60_000;

/** judgeRepetition judges every window of `model` once more, when the analyzer has nothing left to do, and returns what is wrong with that: closed windows must get the verdicts they have. */
export async function judgeRepetition(world: World, model: string): Promise<string[]> {
  await untilSettled(world, model);
  const before = await revisions(world, model);
  const to = Math.floor(Date.now() / DAY) * DAY;
  const body = JSON.stringify({ model, from: to - 5 * DAY, to });
  const answer = await postJson(`${world.url}/v1/evaluate`, body, PATIENCE_MS);
  if (answer.status !== 200)
    return [`${model}: judging again was answered ${answer.status}: ${answer.body.slice(0, 300)}`];
  const after = await revisions(world, model);
  return after
    .filter(({ window, revision }) => revision !== before.find((one) => one.window === window)?.revision)
    .map(({ window, revision, reason }) => {
      const known = before.find((one) => one.window === window)?.reason;
      return `${model}: judged again, ${window} got revision ${revision}: ${reason} (before: ${known})`;
    });
}

function revisions(
  world: World,
  model: string,
): Promise<{ window: string; revision: number; reason: string }[]> {
  return readRows(
    world,
    `SELECT concat(kind, ' ', monitor_id, ' ', toString(window_start)) AS window, max(evaluations.revision) AS revision,
       argMax(reason, evaluations.revision) AS reason
     FROM evaluations WHERE project = 'default' AND model = {model:String} GROUP BY window ORDER BY window`,
    { model },
  );
}
