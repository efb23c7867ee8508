import { batchAnswerSchema } from "@leeway/core/wire";
import { patience } from "../../machine/patience.ts";
import type { CaseContext } from "../cases/fault-case.ts";
import { untilTrue } from "../processes/until-true.ts";
import { bodyOf, type PlannedBatch, type PlannedPrediction, type Traffic } from "./planned.ts";
import { postJson } from "./post-json.ts";

type PredictionBatch = PlannedBatch & { kind: "predictions" };

const PATIENCE_MS = 20_000;

/**
 * sendRivals sends three batches to the first replica and, at the same moment, other payloads of the same predictions to the second; then a third
 * payload to both, which neither may take, and another batch under an id that the other replica knows. Returns the batches.
 */
export async function sendRivals(
  { world, oracle }: CaseContext,
  { model, sends }: Traffic,
  secondUrl: string,
): Promise<readonly PredictionBatch[]> {
  // Other batches repeat predictions of these.
  const all = [...new Set(sends)].filter(({ batchId }) => batchId.startsWith(`${model}-batch-`));
  const rivals = [0, 0.5, 0.9].map((share) => all[Math.floor(all.length * share)] as PredictionBatch);
  const send = async (url: string, batch: PredictionBatch) => {
    oracle.sends(batch);
    const answer = await postJson(`${url}/v1/predictions`, bodyOf(model, batch), patience(10_000));
    if (!oracle.hears(batch, answer)) oracle.complains(`${batch.batchId} was not answered for good`);
    return answer;
  };
  for (const batch of rivals) {
    oracle.expectsRivals(batch.predictions);
    await Promise.all([send(world.url, batch), send(secondUrl, variantOf(batch, 1))]);
  }
  await Promise.all([untilLearnt(world.url), untilLearnt(secondUrl)]);
  for (const batch of rivals) {
    for (const url of [world.url, secondUrl]) {
      const late = variantOf(batch, url === secondUrl ? 3 : 2);
      const { accepted, rejected } = batchAnswerSchema.parse(JSON.parse((await send(url, late)).body));
      if (accepted > 0 || rejected.length < batch.predictions.length)
        oracle.complains(`${late.batchId}: ${accepted} taken though another replica had them`);
    }
    await send(secondUrl, { ...variantOf(batch, 4), batchId: batch.batchId, expected: "refused_whole" });
  }
  return rivals;
}

/** untilTold resolves once every payload that is not the one stored was reported as a conflict, to its sender or afterwards; it complains where that never comes. */
export async function untilTold(
  { world, oracle, model }: CaseContext,
  rivals: readonly PredictionBatch[],
): Promise<void> {
  // Of four payloads that were sent of each prediction, one stands.
  const expected = 3 * rivals.reduce((sum, { predictions }) => sum + predictions.length, 0);
  let found = 0;
  const isTold = async () => {
    const refusals = await world.store.evidence.refusals("default", model, 0);
    found = refusals.find(({ kind, code }) => kind === "predictions" && code === "conflict")?.events ?? 0;
    return found >= expected;
  };
  await untilTrue(isTold, "every conflict being reported", PATIENCE_MS, 500).catch(() => 0);
  if (found !== expected) oracle.complains(`${found} conflicts were reported of ${expected}`);
}

async function untilLearnt(url: string): Promise<void> {
  const now = Date.now() / 1_000;
  await untilTrue(async () => {
    const page = await (await fetch(`${url}/metrics`)).text();
    return Number(/^leeway_ingest_replicas_read_until_seconds (\S+)/m.exec(page)?.[1]) > now;
  }, "a replica having read what others stored");
}

function variantOf(batch: PredictionBatch, variant: number): PredictionBatch {
  const other = (planned: PlannedPrediction) => ({ ...planned, variant, amount: planned.amount + variant });
  return {
    ...batch,
    batchId: `${batch.batchId}-rival-${variant}`,
    predictions: batch.predictions.map(other),
    after: [],
  };
}
