import { shuffleInPlace } from "@leeway/core/random";
import { restart } from "../processes/start-world.ts";
import { sendTraffic } from "../traffic/send-traffic.ts";
import type { FaultCase } from "./fault-case.ts";

/** replayedBatches sends everything again in another order, before and after a restart of ingest: nothing may change but the count of duplicates. */
export const replayedBatches: FaultCase = {
  name: "replayed batches",
  async run({ world, oracle, random, traffic }) {
    const all = traffic({ unruly: true });
    const options = {
      urlOf: () => world.url,
      senders: 4,
      paceMs: 5,
      timeoutMs: 10_000,
      patienceMs: 60_000,
    };
    await sendTraffic(all, oracle, options);
    const batches = [...new Set(all.sends)].map((batch) => ({ ...batch, after: [] }));
    const replay = () =>
      Array.from(shuffleInPlace(Uint32Array.from(batches.keys()), random), (n) => batches[n]!);
    const replays = replay();
    const half = Math.floor(replays.length / 2);
    await sendTraffic({ ...all, sends: replays.slice(0, half) }, oracle, options);
    await world.ingest.kill();
    await restart(world.ingest);
    await sendTraffic({ ...all, sends: [...replays.slice(half), ...replay()] }, oracle, options);
    return {
      recoveryMs: undefined,
      note: `${replays.length} batches sent again, before and after a restart`,
    };
  },
};
