import { patience } from "../../machine/patience.ts";
import type { World } from "../processes/start-world.ts";
import { postJson } from "../traffic/post-json.ts";
import { readRows } from "./read-rows.ts";
import { untilSettled } from "./until-settled.ts";

const DAY = 86_400_000;
const PATIENCE_MS = patience(60_000);

/** judgeRepetition judges every window of `model` once more, when the analyzer has nothing left to do, and returns what is wrong with that: closed windows must get the verdicts they have. */
export async function judgeRepetition(world: World, model: string): Promise<string[]> {
  await untilSettled(world, model);
  const before = await verdicts(world, model);
  const to = Math.floor(Date.now() / DAY) * DAY;
  const body = JSON.stringify({ model, from: to - 5 * DAY, to });
  const answer = await postJson(`${world.url}/v1/evaluate`, body, PATIENCE_MS);
  if (answer.status !== 200)
    return [`${model}: judging again was answered ${answer.status}: ${answer.body.slice(0, 300)}`];
  const after = await verdicts(world, model);
  return after.flatMap((now) => {
    const known = before.find(({ window }) => window === now.window);
    if (known === undefined || isSame(known, now)) return [];
    return [`${model}: judged again, ${now.window}: ${now.verdict} (before: ${known.verdict})`];
  });
}

// How many labels are usual at an age is learnt from all of them: what verdicts on labels say in figures may follow, what they decide may not.
function isSame(a: Verdict, b: Verdict): boolean {
  const followsLabels = a.kind === "labels" || a.kind === "performance";
  return followsLabels ? a.verdict === b.verdict : a.revision === b.revision;
}

interface Verdict {
  kind: string;
  window: string;
  revision: number;
  /** Outcome, cause and, where no label is concerned, the reason. */
  verdict: string;
}

function verdicts(world: World, model: string): Promise<Verdict[]> {
  return readRows(
    world,
    `SELECT kind, concat(kind, ' ', monitor_id, ' ', toString(window_start)) AS window,
       max(e.revision) AS revision,
       argMax(concat(outcome, ' ', ifNull(toString(cause), ''), if(kind IN ('labels', 'performance'), '', concat(': ', reason))), e.revision) AS verdict
     FROM evaluations AS e WHERE project = 'default' AND model = {model:String} GROUP BY kind, window ORDER BY window`,
    { model },
  );
}
