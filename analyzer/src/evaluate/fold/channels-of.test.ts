import type { Monitor } from "@leeway/core/records";
import { describe, expect, it } from "vitest";
import { exampleIncident } from "../../deliver/example-incident.ts";
import { channelsOf } from "./queue-notifications.ts";

const monitor = (id: string, channels?: string[]) =>
  ({ id, ...(channels === undefined ? {} : { channels }) }) as Monitor;
const incident = exampleIncident({
  evaluations: ["a", "b"].map((monitor_id) => ({ monitor_id, window_start: 0, window_end: 1, reason: "" })),
});

describe("channelsOf", () => {
  it.each([
    ["all channels where a failing monitor names none", [monitor("a", ["x"]), monitor("b")], undefined],
    [
      "those that the failing monitors name",
      [monitor("a", ["x"]), monitor("b", ["x", "y"]), monitor("c", ["z"])],
      ["x", "y"],
    ],
    ["nobody where the failing monitors name nobody", [monitor("a", []), monitor("b", [])], []],
    ["all channels where the monitors are gone", [], undefined],
  ])("tells %s", (_name, monitors, channels) => {
    expect(channelsOf(incident, monitors)).toEqual(channels);
  });
});
