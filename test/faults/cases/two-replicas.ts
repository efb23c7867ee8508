import type { PlannedBatch } from "../traffic/planned.ts";
import { type SendOptions, sendTraffic } from "../traffic/send-traffic.ts";
import type { FaultCase } from "./fault-case.ts";

/** twoReplicas sends every batch to two ingest replicas at once, then everything again to the one that is left when the other was killed. */
export const twoReplicas: FaultCase = {
  name: "every batch to two replicas at once",
  async run({ world, oracle, traffic }) {
    const second = await world.startReplica();
    const all = traffic({ isAgreed: true });
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
