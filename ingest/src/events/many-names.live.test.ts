import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { HOLDERS } from "../testing/many-names.ts";

const holders = Object.entries(HOLDERS);
const COUNTER = join(import.meta.dirname, "../testing/count-work.ts");

it("an event with many names costs work in proportion to its names, whether they are taken or refused", async () => {
  // The second of each pair has four times the names of the first.
  const asked = [
    ...["features:500", "features:2000", "prediction.scores:250", "prediction.scores:1000"],
    ...holders.flatMap(([holder]) => [`${holder}:5000`, `${holder}:20000`]),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", COUNTER, ...asked]);
  const counts = JSON.parse(stdout) as number[];
  expect(counts).toHaveLength(asked.length);
  for (let pair = 0; pair < asked.length; pair += 2) {
    const [few = 0, many = 0] = counts.slice(pair, pair + 2);
    expect([asked[pair], few > 250]).toEqual([asked[pair], true]);
    expect([asked[pair + 1], many < few * 5]).toEqual([asked[pair + 1], true]);
  }
});
