import { createRandom, type RandomSource } from "@leeway/core/random";
import type { CallFault, FaultPlan } from "./failing-calls.ts";
import { FROM, HOUR, type LedgerWorld, PROJECT, type Range, volumeMonitor } from "./ledger-world.ts";

const REGIONS = ["eu", "us", "asia"];
const USUAL = { quiet: 1, stopped: 0, dropped: 0.2, surged: 6 };
// What happens, and how often.
const EVENTS = [
  ["traffic", 8],
  ["pass", 6],
  ["look", 3],
  ["raise", 2],
  ["killed pass", 4],
  ["killed raise", 1],
  ["refused pass", 3],
  ["late rows", 3],
  ["poison", 1],
  ["antidote", 1],
  ["silence", 1],
  ["restart", 1],
  ["new monitor", 2],
  ["monitor off", 1],
  ["monitor on", 1],
  ["answer", 1],
  ["new version", 1],
  ["deliver", 2],
] as const;

type EventName = (typeof EVENTS)[number][0];

/** playHistory plays `steps` random events, the same for the same seed, then lets everything come to rest: no fault, every monitor that was made enabled, a few passes. */
export async function playHistory(world: LedgerWorld, seed: number, steps: number): Promise<EventName[]> {
  const random = createRandom(seed);
  const played: EventName[] = [];
  await sendTraffic(world, random, 8, "quiet");
  for (let step = 0; step < steps; step++) {
    const event = pickEvent(random);
    played.push(event);
    await play(world, random, event);
  }
  await comeToRest(world, random);
  return played;
}

async function comeToRest(world: LedgerWorld, random: RandomSource): Promise<void> {
  world.traffic.poisoned.clear();
  for (const monitor of await world.store.records.monitor.list(PROJECT)) {
    if (monitor.kind !== "volume") continue;
    await world.store.records.monitor.put(PROJECT, monitor.id, { ...monitor, enabled: true }, "ada");
  }
  // All windows that were looked at before they were over are over now.
  await sendTraffic(world, random, 3, "quiet");
  world.restart();
  for (let passes = 0; passes < 3; passes++) {
    if ((await world.pass()) !== "done") throw new Error("a pass without a fault failed");
  }
  await world.deliver();
}

async function play(world: LedgerWorld, random: RandomSource, event: EventName): Promise<void> {
  const { store, traffic, clock } = world;
  clock.now += 5_000;
  switch (event) {
    case "traffic":
      return sendTraffic(
        world,
        random,
        1 + whole(random, 3),
        pick(random, Object.keys(USUAL)) as keyof typeof USUAL,
      );
    case "pass":
      return void (await world.pass());
    case "look":
      return look(world, random);
    case "raise":
      return void (await world.pass(rangeOf(world, random, true)));
    case "killed pass":
      return void (await world.pass(undefined, faultAt(random, ["killed_before", "killed_after"])));
    case "killed raise":
      return void (await world.pass(
        rangeOf(world, random, true),
        faultAt(random, ["killed_before", "killed_after"]),
      ));
    case "refused pass":
      return void (await world.pass(undefined, faultAt(random, ["refused"])));
    case "late rows": {
      const age = 2 + whole(random, 10);
      const hour = traffic.newestAt() - age * HOUR;
      traffic.add("1", pick(random, REGIONS), Math.max(FROM, hour), whole(random, 900), clock.now);
      return;
    }
    case "poison":
      return void traffic.poisoned.add(pick(random, REGIONS));
    case "antidote":
      return traffic.poisoned.clear();
    case "silence": {
      const ends_at = clock.now + whole(random, 600_000);
      const silence = { id: "s", starts_at: 0, ends_at, comment: "work", created_by: "ada" };
      return store.records.silence.put(PROJECT, "s", silence, "ada");
    }
    case "restart":
      return world.restart();
    case "new monitor": {
      const region = pick(random, REGIONS);
      const window = random() < 0.3 ? 2 * HOUR : HOUR;
      const id = `volume-${region}-${window / HOUR}`;
      return store.records.monitor.put(
        PROJECT,
        id,
        volumeMonitor(id, { segment: { region }, window }),
        "ada",
      );
    }
    case "monitor off":
    case "monitor on": {
      const monitors = (await store.records.monitor.list(PROJECT)).filter(({ kind }) => kind === "volume");
      const monitor = pick(random, monitors);
      return store.records.monitor.put(
        PROJECT,
        monitor.id,
        { ...monitor, enabled: event === "monitor on" },
        "ada",
      );
    }
    case "answer": {
      const open = (await world.incidents()).filter(({ state }) => state === "firing");
      if (open.length === 0) return;
      const id = `action-${clock.now}`;
      const action = random() < 0.5 ? ("acknowledge" as const) : ("resolve" as const);
      const record = { id, incident_id: pick(random, open).id, action, actor: "ada", at: clock.now };
      return store.records.incidentAction.put(PROJECT, id, record, "ada");
    }
    case "new version":
      for (const region of REGIONS) traffic.add("2", region, traffic.newestAt() - HOUR, 50, clock.now);
      return;
    case "deliver":
      return world.deliver();
    default:
      return event satisfies never;
  }
}

// An evaluation for a look must change nothing that people are notified of.
async function look(world: LedgerWorld, random: RandomSource): Promise<void> {
  const before = await notifiedOf(world);
  await world.pass(rangeOf(world, random, false));
  const after = await notifiedOf(world);
  if (before !== after) throw new Error("an evaluation for a look changed incidents or notifications");
}

async function notifiedOf({ store }: LedgerWorld): Promise<string> {
  const [incidents, notifications] = await Promise.all([
    store.records.incident.list(PROJECT),
    store.records.notification.list(PROJECT),
  ]);
  return JSON.stringify([incidents, notifications]);
}

async function sendTraffic(
  { traffic, clock }: LedgerWorld,
  random: RandomSource,
  hours: number,
  usual: keyof typeof USUAL,
): Promise<void> {
  const newest = traffic.newestAt();
  const begin = Number.isFinite(newest) ? newest : FROM;
  for (let hour = begin; hour < begin + hours * HOUR; hour += HOUR) {
    clock.now += 1_000;
    for (const region of REGIONS) {
      const requests = Math.round(USUAL[usual] * (90 + 20 * random()));
      // One request keeps the event clock going where the rest has stopped.
      traffic.add("1", region, hour, Math.max(requests, region === "eu" ? 1 : 0), clock.now);
    }
  }
}

function rangeOf({ traffic }: LedgerWorld, random: RandomSource, raise: boolean): Range {
  const hours = Math.round((traffic.newestAt() - FROM) / HOUR);
  const from = FROM + whole(random, hours) * HOUR;
  const to = from + (1 + whole(random, hours)) * HOUR;
  return { from, to, raise, ...(random() < 0.3 ? { window: 2 * HOUR } : {}) };
}

function faultAt(random: RandomSource, kinds: readonly CallFault[]): FaultPlan {
  const first = 1 + whole(random, 40);
  const last = first + whole(random, 6);
  const fault = pick(random, kinds);
  return (call) => (call >= first && call <= last ? fault : undefined);
}

function pickEvent(random: RandomSource): EventName {
  const total = EVENTS.reduce((sum, [, weight]) => sum + weight, 0);
  let at = random() * total;
  for (const [name, weight] of EVENTS) {
    at -= weight;
    if (at < 0) return name;
  }
  return "pass";
}

function whole(random: RandomSource, below: number): number {
  return Math.floor(random() * below);
}

function pick<Value>(random: RandomSource, values: readonly Value[]): Value {
  return values[whole(random, values.length)]!;
}
