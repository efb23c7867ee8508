import { createRandom, type RandomSource } from "@leeway/core/random";
import { expect, it } from "vitest";
import {
  createLedgerWorld,
  FROM,
  HOUR,
  type LedgerWorld,
  MODEL,
  PROJECT,
  volumeMonitor,
} from "../evaluate/testing/ledger-world.ts";
import { createMemoryStore } from "../evaluate/testing/memory-store.ts";
import { createMemoryTraffic } from "../evaluate/testing/memory-traffic.ts";
import type { ModelClock } from "./model-clocks.ts";
import { duePasses } from "./pass-cause.ts";
import { closedUntil, notePass, type PassNote } from "./pass-note.ts";

const SEEDS = 30;
const STEPS = 25;
const REGIONS = ["eu", "us"];

/** CausedWorld is a world whose passes are planned as the analyzer plans them, or made at every tick. */
interface CausedWorld {
  world: LedgerWorld;
  passes: number;
  note: PassNote | undefined;
}

it(`leaves no window unjudged and no verdict behind, against a pass at every tick (${SEEDS} histories)`, async () => {
  let made = 0;
  let always = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const [planned, eager] = [await createWorld(), await createWorld()];
    await play(planned, seed, (one) => tick(one));
    await play(eager, seed, (one) => pass(one));
    expect(await verdictsOf(planned.world), `seed ${seed}`).toEqual(await verdictsOf(eager.world));
    made += planned.passes;
    always += eager.passes;
  }
  expect(made).toBeLessThan(always / 2);
}, 120_000);

async function createWorld(): Promise<CausedWorld> {
  return {
    world: await createLedgerWorld(createMemoryStore(), createMemoryTraffic(MODEL)),
    passes: 0,
    note: undefined,
  };
}

async function play(
  one: CausedWorld,
  seed: number,
  look: (one: CausedWorld) => Promise<void>,
): Promise<void> {
  const random = createRandom(seed);
  for (let hour = 0; hour < 6; hour++) send(one.world, random, FROM + hour * HOUR);
  for (let step = 0; step < STEPS; step++) {
    await happen(one, random);
    await rest(one, look, 3);
  }
  one.world.traffic.poisoned.clear();
  await rest(one, look, 30);
}

// Ten seconds of real time between two ticks; whatever a pass itself took is no part of it.
async function rest(
  one: CausedWorld,
  look: (one: CausedWorld) => Promise<void>,
  ticks: number,
): Promise<void> {
  for (let i = 0; i < ticks; i++) {
    const now = one.world.clock.now + 10_000;
    one.world.clock.now = now - 60_000;
    await look(one);
    one.world.clock.now = now;
  }
}

async function happen(one: CausedWorld, random: RandomSource): Promise<void> {
  const { world } = one;
  const { traffic, clock, store } = world;
  const kind = random();
  const region = REGIONS[Math.floor(random() * REGIONS.length)]!;
  const age = (1 + Math.floor(random() * 6)) * HOUR;
  if (kind < 0.4) return send(world, random, traffic.newestAt());
  if (kind < 0.65) return traffic.add("1", region, Math.max(FROM, traffic.newestAt() - age), 700, clock.now);
  if (kind < 0.75) {
    const window = random() < 0.5 ? 2 * HOUR : HOUR;
    const id = `volume-${region}-${window / HOUR}`;
    return store.records.monitor.put(PROJECT, id, volumeMonitor(id, { segment: { region }, window }), "ada");
  }
  if (kind < 0.85) return void traffic.poisoned.add(region);
  if (kind < 0.93) return traffic.poisoned.clear();
  world.restart();
  one.note = undefined;
}

function send({ traffic, clock }: LedgerWorld, random: RandomSource, hour: number): void {
  for (const region of REGIONS) traffic.add("1", region, hour, 80 + Math.floor(random() * 20), clock.now);
}

async function tick(one: CausedWorld): Promise<void> {
  const { world } = one;
  const monitors = await world.store.records.monitor.list(PROJECT);
  const configuration = { monitors, fingerprint: JSON.stringify(monitors) };
  const now = world.clock.now + 60_000;
  const seen = clockOf(world, one.note?.closedUntil ?? 0);
  const due = duePasses(one.note, seen, configuration.fingerprint, now).find(({ part }) => part === "all");
  if (due === undefined) return;
  const clock = clockOf(world, closedUntil(monitors, seen.asOf));
  await pass(one);
  const leaves = world.leaves();
  one.note = notePass(one.note, { part: "all", cause: due.cause, at: now, clock, configuration, leaves });
}

async function pass(one: CausedWorld): Promise<void> {
  one.passes += 1;
  if ((await one.world.pass()) !== "done") throw new Error("a pass without a fault failed");
}

function clockOf({ traffic }: LedgerWorld, until: number): ModelClock {
  const late = traffic.cameBefore(until);
  const all = traffic.cameBefore(Number.POSITIVE_INFINITY);
  const asOf = traffic.newestAt();
  return {
    ...{ model: MODEL, firstEventAt: FROM, newestEventAt: asOf, lastReceivedAt: all.at, asOf },
    versions: [{ version: "1", environment: "production", firstSeenAt: 0, lastSeenAt: asOf - 1 }],
    ...{ late: JSON.stringify(late), lateReceivedAt: late.at },
  };
}

async function verdictsOf({ store }: LedgerWorld): Promise<string[]> {
  const verdicts = await store.evaluations.list(PROJECT, {
    model: MODEL,
    from: 0,
    to: Number.MAX_SAFE_INTEGER,
  });
  return verdicts
    .map((one) => [one.monitor_id, one.window_start, one.window_end, one.outcome, one.reason].join(" "))
    .sort();
}
