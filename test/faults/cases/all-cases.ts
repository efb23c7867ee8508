import { hurtSpool } from "../injectors/hurt-spool.ts";
import { badNetwork } from "./bad-network.ts";
import { cutConnections } from "./cut-connections.ts";
import { emptiedRedis } from "./emptied-redis.ts";
import { engineAway } from "./engine-away.ts";
import type { FaultCase } from "./fault-case.ts";
import { freezeEngine } from "./freeze-engine.ts";
import { fullDisk } from "./full-disk.ts";
import { fullRedis } from "./full-redis.ts";
import { killUnderLoad } from "./kill-under-load.ts";
import { killedSdkHost } from "./killed-sdk-host.ts";
import { refusingEngine } from "./refusing-engine.ts";
import { refusingProxy } from "./refusing-proxy.ts";
import { replayedBatches } from "./replayed-batches.ts";
import { sdkBehindBadNetwork } from "./sdk-behind-bad-network.ts";
import { skewedClocks } from "./skewed-clocks.ts";
import { steppedServerClocks } from "./stepped-server-clocks.ts";
import { twoReplicas } from "./two-replicas.ts";

/** ALL_CASES are the faults, each under a name of its own. */
export const ALL_CASES: readonly FaultCase[] = [
  killUnderLoad("ingest killed", ["ingest"]),
  killUnderLoad("engine killed", ["engine"]),
  killUnderLoad("analyzer killed", ["analyzer"]),
  { ...killUnderLoad("Redis killed", ["redis"]), isLong: true },
  { ...killUnderLoad("anything killed", ["engine", "ingest", "analyzer", "redis"]), isLong: true },
  freezeEngine("engine frozen beyond every time-out", 12, false),
  freezeEngine("engine frozen for longer than roll-ups wait", 75, true),
  engineAway(30),
  cutConnections,
  badNetwork,
  sdkBehindBadNetwork,
  replayedBatches,
  fullDisk,
  emptiedRedis,
  { ...fullRedis, isLong: true },
  skewedClocks,
  steppedServerClocks,
  twoReplicas,
  { ...refusingEngine, isLong: true },
  refusingProxy,
  { ...killedSdkHost("SDK host killed, spool delivered by the next"), isLong: true },
  killedSdkHost("SDK host killed, its spool torn and flipped", hurtSpool),
];
