import { shuffleInPlace } from "@leeway/core/random";
import { restart, type World } from "../processes/start-world.ts";
import { sendTraffic } from "../traffic/send-traffic.ts";
import type { FaultCase } from "./fault-case.ts";

/** replayedBatches sends everything again in another order, before and after a restart of ingest, and once more when nothing but the events themselves is remembered: nothing may change but the count of duplicates. */
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
    const forgetful = await forgetEverything(world);
    const known = replay()
      .filter(({ expected }) => expected === "answered")
      .slice(0, 30);
    await sendTraffic({ ...all, sends: known }, oracle, { ...options, urlOf: () => forgetful.url });
    await forgetful.process.kill();
    return {
      recoveryMs: undefined,
      note: `${replays.length} batches sent again, before and after a restart, and when the batches were forgotten`,
    };
  },
};

/** As months later: the batches' records have expired, and the index of a fresh replica holds only the latest few keys. */
async function forgetEverything(world: World) {
  await world.store.client.command({ query: "TRUNCATE TABLE batches" });
  await world.store.client.command({
    query: "ALTER TABLE predictions UPDATE batch_id = '', batch_record = '' WHERE batch_id != ''",
    clickhouse_settings: { mutations_sync: "1" },
  });
  await world.store.client.command({
    query: "ALTER TABLE predictions MODIFY SETTING non_replicated_deduplication_window = 0",
  });
  await world.store.client.command({
    query: "ALTER TABLE predictions MODIFY SETTING non_replicated_deduplication_window = 10000",
  });
  return world.startReplica({ LEEWAY_INDEXED_KEYS: "100" });
}
