import { expect, it } from "vitest";
import type { DriftRow } from "./drift-lane.ts";
import { packRow, unpackRow } from "./packed-drift.ts";

it("keeps every cell, whatever it has of numbers, in a third of the bytes", () => {
  const row: DriftRow = {
    ...{ feature: "distance", type: "numeric", isPrediction: false, driftedWindows: 1, worst: 2 },
    cells: [
      { state: "ok", psi: 0.01234, threshold: 0.2 },
      { state: "drifted", psi: 1.2e-7, threshold: 0.2 },
      { state: "insufficient", psi: null, threshold: 0.2 },
      { state: "absent", psi: null, threshold: null },
    ],
  };
  expect(unpackRow(packRow(row))).toEqual(row);
  expect(unpackRow(packRow({ ...row, cells: [] }))).toEqual({ ...row, cells: [] });
  expect(3 * packRow(row).cells.length).toBeLessThan(JSON.stringify(row.cells).length);
});
