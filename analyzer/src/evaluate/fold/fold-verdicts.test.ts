import { describe, expect, it } from "vitest";
import type { CallFault } from "../testing/failing-calls.ts";
import { ledgerProblems } from "../testing/ledger-problems.ts";
import {
  createLedgerWorld,
  FROM,
  HOUR,
  type LedgerWorld,
  PROJECT,
  volumeMonitor,
} from "../testing/ledger-world.ts";
import { createMemoryStore } from "../testing/memory-store.ts";

const QUIET_HOURS = 12;
const US = volumeMonitor("volume-us", { segment: { region: "us" } });

// Traffic of one region stops first, then that of the other one too: a monitor of the first region has older alarms than a monitor of all.
async function stoppingWorld(): Promise<LedgerWorld> {
  const world = await createLedgerWorld(createMemoryStore());
  for (let hour = 0; hour < QUIET_HOURS + 4; hour++) {
    const isQuiet = hour < QUIET_HOURS;
    world.traffic.add("1", "us", FROM + hour * HOUR, isQuiet ? 100 : 0, world.clock.now);
    world.traffic.add("1", "eu", FROM + hour * HOUR, hour < QUIET_HOURS + 2 ? 100 : 1, world.clock.now);
  }
  return world;
}

const setMonitor = ({ store }: LedgerWorld, id: string, rest: Parameters<typeof volumeMonitor>[1] = {}) =>
  store.records.monitor.put(PROJECT, id, volumeMonitor(id, rest), "ada");

const BETWEEN: [string, (world: LedgerWorld) => Promise<void>][] = [
  ["nothing else happens", async () => undefined],
  ["a new monitor has older alarms", (world) => setMonitor(world, US.id, US)],
  [
    "its monitor is off while another one has alarms",
    async (world) => {
      await setMonitor(world, US.id, US);
      await setMonitor(world, "volume", { enabled: false });
      await world.pass();
      await setMonitor(world, "volume");
    },
  ],
];

describe("a pass that is cut off at any of its calls", () => {
  const faults: CallFault[] = ["killed_before", "refused"];
  it.each(BETWEEN.flatMap(([name, between]) => faults.map((fault) => [name, fault, between] as const)))(
    "loses no alarm and no reason where %s (%s)",
    async (_, fault, between) => {
      let passed = false;
      for (let cut = 1; !passed; cut++) {
        const world = await stoppingWorld();
        passed = (await world.pass(undefined, (call) => (call === cut ? fault : undefined))) === "done";
        await between(world);
        for (let passes = 0; passes < 2; passes++) await world.pass();
        await world.deliver();
        expect(await ledgerProblems(world), `cut at call ${cut}`).toEqual([]);
      }
    },
    120_000,
  );
});

describe("a monitor in its burn-in", () => {
  const burnIn = { burn_in: 24 * HOUR, burn_in_since: FROM + 400 * 24 * HOUR };

  it("records its alarms with the reason, opens nothing, and notifies once a person promoted it", async () => {
    const world = await stoppingWorld();
    await setMonitor(world, "volume", burnIn);
    await world.pass();
    const alarms = async () =>
      (await world.store.evaluations.folded(PROJECT, { model: "m" })).filter(
        ({ outcome }) => outcome === "alarm",
      );
    expect((await alarms()).length).toBeGreaterThan(0);
    expect(new Set((await alarms()).map(({ stopped }) => stopped))).toEqual(new Set(["burn_in"]));
    expect(await world.incidents()).toEqual([]);
    expect(await ledgerProblems(world)).toEqual([]);

    await setMonitor(world, "volume", { ...burnIn, promoted: { by: "ada", at: world.clock.now } });
    for (let hour = QUIET_HOURS + 4; hour < QUIET_HOURS + 6; hour++)
      world.traffic.add("1", "eu", FROM + hour * HOUR, 1, world.clock.now);
    await world.pass();
    expect((await world.incidents()).map(({ state }) => state)).toEqual(["firing"]);
    expect(await world.store.records.notification.list(PROJECT)).toHaveLength(1);
  });

  it("burns in anew with each alarm, and notifies by itself once it was quiet for long enough", async () => {
    const world = await stoppingWorld();
    await setMonitor(world, "volume", burnIn);
    await world.pass();
    world.clock.now = burnIn.burn_in_since + 23 * HOUR;
    world.traffic.add("1", "eu", FROM + (QUIET_HOURS + 4) * HOUR, 1, world.clock.now);
    await world.pass();
    expect(await world.incidents()).toEqual([]);
    world.clock.now += 24 * HOUR;
    world.traffic.add("1", "eu", FROM + (QUIET_HOURS + 5) * HOUR, 1, world.clock.now);
    world.traffic.add("1", "eu", FROM + (QUIET_HOURS + 6) * HOUR, 1, world.clock.now);
    await world.pass();
    expect((await world.incidents()).map(({ state }) => state)).toEqual(["firing"]);
  });
});
