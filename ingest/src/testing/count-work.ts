import { Session } from "node:inspector/promises";

// Prints, for each holder and count given (`features:500`), how often the blocks of our own code were entered while a body of so many names was
// taken: a measure of work that a busy machine does not change. A process of its own, because only code compiled from now on is counted by block.
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
const { bodyOf, HOLDERS, takeBody } = await import("./many-names.ts");

takeBody(bodyOf({}));
const counts: number[] = [];
for (const asked of process.argv.slice(2)) {
  const [holder, count] = asked.split(":");
  const body = bodyOf(HOLDERS[holder as keyof typeof HOLDERS].of(Number(count)));
  await session.post("Profiler.takePreciseCoverage");
  takeBody(body);
  const { result } = await session.post("Profiler.takePreciseCoverage");
  const ours = result.filter(({ url }) => /\/(core|store|ingest)\/src\//.test(url));
  const ranges = ours.flatMap(({ functions }) => functions.flatMap((one) => one.ranges));
  counts.push(ranges.reduce((sum, range) => sum + range.count, 0));
}
process.stdout.write(JSON.stringify(counts));
