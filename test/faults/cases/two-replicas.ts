import type { PlannedBatch } from "../traffic/planned.ts";
import { sendRivals, untilTold } from "../traffic/send-rivals.ts";
import { type SendOptions, sendTraffic } from "../traffic/send-traffic.ts";
import type { FaultCase } from "./fault-case.ts";

/**
 * twoReplicas sends every batch to two ingest replicas at once, then everything again to the one that is left when the other was killed. Before that
 * the replicas get different payloads under the same ids at once: each counts once, each loser is reported, and a moment later no replica takes another.
 */
export const twoReplicas: FaultCase = {
  name: "every batch to two replicas at once",
  async run(context) {
    const { world, oracle, traffic } = context;
    const second = await world.startReplica();
    const planned = traffic({ isAgreed: true });
    const rivals = await sendRivals(context, planned, second.url);
    const rivalIds = new Set(rivals.flatMap(({ predictions }) => predictions.map(({ id }) => id)));
    const isRival = (batch: PlannedBatch) =>
      batch.kind === "predictions" && batch.predictions.some(({ id }) => rivalIds.has(id));
    const all = { ...planned, sends: planned.sends.filter((batch) => !isRival(batch)) };
    const optionsFor = (urlOf: SendOptions["urlOf"]): SendOptions => ({
      ...{ urlOf, senders: 3, paceMs: 10, timeoutMs: 10_000, patienceMs: 60_000 },
    });
    await Promise.all([
      sendTraffic(
        all,
        oracle,
        optionsFor(() => world.url),
      ),
      sendTraffic(
        all,
        oracle,
        optionsFor(() => second.url),
      ),
    ]);
    await untilTold(context, rivals);
    await second.process.kill();
    const again: PlannedBatch[] = [...new Set(all.sends)].map((batch) => ({ ...batch, after: [] }));
    await sendTraffic(
      { ...all, sends: again },
      oracle,
      optionsFor(() => world.url),
    );
    return {
      recoveryMs: undefined,
      note: `${again.length} batches to both, and once more to the one that is left`,
    };
  },
};
