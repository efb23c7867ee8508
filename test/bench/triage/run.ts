// Prints the tables of docs/triage.md: node --import tsx test/bench/triage/run.ts [seeds] [quiet windows] [world] [fault]
import { createRandom } from "@leeway/core/random";
import { FAULTS, type Fault } from "./faults.ts";
import { type PlayedWindow, type TrainedModel, trainModel } from "./play.ts";
import { WORLDS, type World } from "./worlds.ts";

const seeds = Number(process.argv[2] ?? 5);
const quietWindows = Number(process.argv[3] ?? 8);
const [onlyWorld = "", onlyFault = ""] = process.argv.slice(4);
const HORIZON = 8;

interface Result {
  world: World;
  fault: Fault;
  falseAlarms: number;
  delay: number;
  cause: string;
  isFeatureFirst: boolean;
  isRetrainingAdvised: boolean;
}

const results: Result[] = [];
for (const world of WORLDS.filter(({ name }) => name.startsWith(onlyWorld))) {
  const names = Object.keys(world.start(createRandom(0))(0));
  const faults = FAULTS.filter(
    ({ name, features }) => name.includes(onlyFault) && features.every((feature) => names.includes(feature)),
  );
  for (let seed = 1; seed <= seeds; seed++) {
    const model = trainModel(world, 1_000 * seed + 7);
    for (const fault of faults) results.push(plant(world, model, fault));
  }
}
printConfusion();
printFaults();

function plant(world: World, model: TrainedModel, fault: Fault): Result {
  model.reset();
  const quiet = model.play(quietWindows);
  model.reset();
  const played = model.play(HORIZON, fault);
  const falseAlarms = quiet.flatMap(({ transitions }) => transitions).filter(isFired).length;
  const at = played.findIndex(({ transitions }) => transitions.some(isFired));
  const incident = played[at]?.transitions.find(isFired)?.incident;
  const isSettled = incident === undefined || !/not settled/.test(incident.summary);
  return {
    world,
    fault,
    falseAlarms,
    delay: at < 0 ? Number.POSITIVE_INFINITY : at + 1,
    cause: incident === undefined ? "silent" : isSettled ? incident.cause : "not settled",
    isFeatureFirst: fault.features.length === 0 || fault.features.includes(incident?.features[0]?.name ?? ""),
    isRetrainingAdvised: played.some(({ transitions }) => transitions.some(advisesRetraining)),
  };
}

function isFired({ transition }: PlayedWindow["transitions"][number]): boolean {
  return transition === "fired";
}

function advisesRetraining({ incident }: PlayedWindow["transitions"][number]): boolean {
  return incident.next_steps.some((step) => /^Retrain/.test(step));
}

function printConfusion(): void {
  const causes = [...new Set(results.map(({ fault }) => fault.cause))];
  const named = [...new Set(results.map(({ cause }) => cause))].sort();
  console.log(`| planted | runs | ${named.join(" | ")} | feature first | retraining advised |`);
  console.log(`|---|${[...named, 1, 2, 3].map(() => "---:|").join("")}`);
  for (const cause of causes) {
    const of = results.filter(({ fault }) => fault.cause === cause);
    const loud = of.filter((result) => result.cause !== "silent");
    const cells = named.map((name) => of.filter((result) => result.cause === name).length);
    console.log(
      `| ${cause} | ${of.length} | ${cells.join(" | ")} | ${share(loud, ({ isFeatureFirst }) => isFeatureFirst)} | ${share(of, ({ isRetrainingAdvised }) => isRetrainingAdvised)} |`,
    );
  }
  const isRight = ({ cause, fault }: Result) => cause === fault.cause || cause === "not settled";
  const isSilent = ({ cause }: Result) => cause === "silent";
  console.log(
    `\nRight or not settled ${share(results, isRight)}, wrong ${share(results, (one) => !isRight(one) && !isSilent(one))}, silent ${share(results, isSilent)}; false alarms in ${results.length * quietWindows} quiet windows before: ${results.reduce((sum, one) => sum + one.falseAlarms, 0)}\n`,
  );
}

function printFaults(): void {
  const worlds = [...new Set(results.map(({ world }) => world))];
  console.log(
    `| fault | ${worlds.map(({ name }) => name).join(" | ")} |\n|---|${worlds.map(() => "---|").join("")}`,
  );
  for (const fault of new Set(results.map((result) => result.fault))) {
    const cells = worlds.map((world) => {
      const of = results.filter((result) => result.world === world && result.fault === fault);
      const counts = new Map<string, number>();
      for (const { cause } of of) counts.set(cause, (counts.get(cause) ?? 0) + 1);
      const delays = of.map(({ delay }) => delay).sort((a, b) => a - b);
      const causes = [...counts].map(([cause, count]) =>
        cause === fault.cause ? `${count}` : `${count} ${cause}`,
      );
      const features = of.filter(({ isFeatureFirst, cause }) => !isFeatureFirst && cause !== "silent").length;
      return of.length === 0
        ? "–"
        : `${causes.join(", ")} after ${delays[Math.floor((delays.length - 1) / 2)]}${features > 0 ? `, ${features} other feature first` : ""}`;
    });
    console.log(`| ${fault.name} | ${cells.join(" | ")} |`);
  }
}

function share<T>(all: readonly T[], is: (one: T) => boolean): string {
  return all.length === 0 ? "–" : `${Math.round((1_000 * all.filter(is).length) / all.length) / 10} %`;
}
