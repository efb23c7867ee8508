import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { recordPromises, startHost } from "../hosts/start-host.ts";
import { type Cut, startCuttingProxy } from "../injectors/cutting-proxy.ts";
import type { FaultCase } from "./fault-case.ts";

const COUNT = 600;

/** sdkBehindBadNetwork lets a service with the SDK deliver over a network that holds requests up, cuts them, loses answers, or falls silent. */
export const sdkBehindBadNetwork: FaultCase = {
  name: "bad network between SDK and ingest",
  isLong: true,
  isRowsOnly: true,
  async run(context) {
    const { world, oracle, random, model } = context;
    const chooseCut = (): Cut => {
      const chance = random();
      if (chance < 0.15) return { what: "request", afterBytes: Math.floor(random() * 4_000) };
      if (chance < 0.4) return { what: "answer" };
      if (chance < 0.5) return { what: "delay", ms: random() * 1_000 };
      return { what: chance < 0.55 ? "silence" : "nothing" };
    };
    const proxy = await startCuttingProxy(Number(new URL(world.url).port), chooseCut);
    const spoolDir = join(world.folder.path, `spool-${model}`);
    mkdirSync(spoolDir, { recursive: true });
    const prefix = `${model}/host`;
    const host = startHost(context, { url: proxy.url, spoolDir, prefix, count: COUNT });
    await host.gone;
    recordPromises(context, prefix, COUNT, COUNT);
    const end = host.end();
    if (end?.isDelivered !== true || end.spooled > 0 || end.dropped > 0)
      oracle.complains(`the host ended with ${JSON.stringify(end)}`);
    await proxy.close();
    return { recoveryMs: undefined, note: `${proxy.cuts} exchanges held up or lost` };
  },
};
