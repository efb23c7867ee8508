import { expect, it } from "vitest";
import { LANES, type LaneData, laneTable, tableCsv } from "./lane-tables.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 31, 12);
const point = { start: START, end: START + HOUR, total: 1_200, errors: 3, p50: 10, p95: null, p99: null };
const data = {
  points: [point, { ...point, start: START + HOUR, end: START + 2 * HOUR, p95: 20, p99: 30 }],
  drift: {
    columns: [
      {
        ...{ start: START, end: START + HOUR, count: 40, driftShare: 0.5, outcome: "ok" },
        ...{ joint: { auc: 0.51, isDrifted: false }, reason: 'a, "b" drifted' },
      },
    ],
  },
  performance: { metric: "log_loss", points: [] },
  now: START,
} as unknown as LaneData;

it("lists the newest window first, and no latency where none was sent", () => {
  const keys = (lane: "volume" | "latency") => laneTable(lane, data).rows.map(({ key }) => Number(key));
  expect(keys("volume")).toEqual([START + HOUR, START]);
  expect(keys("latency")).toEqual([START + HOUR]);
});

it.each(LANES)("%s has a cell for each column", (lane) => {
  const { columns, rows } = laneTable(lane, data);
  expect(rows.every(({ cells }) => cells.length === columns.length)).toBe(true);
});

it("is quoted as CSV, and never a formula", () => {
  expect(tableCsv(laneTable("drift", data)).split("\r\n")[1]).toBe(
    '"31 Jan, 12:00 – 13:00",40,50\u00a0%,0.510,"a, ""b"" drifted"',
  );
  const rows = [{ key: "1", cells: ["=1+1", "-0.2", "–"] }];
  expect(tableCsv({ caption: "", columns: [], rows })).toBe("\r\n'=1+1,-0.2,–\r\n");
});
