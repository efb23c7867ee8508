import { CLOSED_CIRCUIT, stepCircuit } from "@leeway/core/delivery";
import { describe, expect, it } from "vitest";
import type { DeliveryResult } from "../retry/delivery-result.ts";
import { type ChannelLanes, createChannelLanes } from "./channel-lanes.ts";

const SENT: DeliveryResult = { outcome: "sent", receipt: {} };
const SILENT: DeliveryResult = { outcome: "retry", reason: "no answer" };

describe("a circuit", () => {
  it.each<[string, DeliveryResult[], number]>([
    ["stays closed for two failures", [SILENT, SILENT], 0],
    ["opens at the third in a row", [SILENT, SILENT, SILENT], 5_000],
    ["opens for longer with each further one", [SILENT, SILENT, SILENT, SILENT, SILENT], 20_000],
    ["opens for five minutes at most", Array.from({ length: 40 }, () => SILENT), 300_000],
    ["closes with the first answer", [SILENT, SILENT, SILENT, SENT], 0],
    ["takes a refusal for an answer", [SILENT, SILENT, { outcome: "refused", reason: "404" }, SILENT], 0],
    ["opens at once for as long as the receiver asks", [{ ...SILENT, retryAfterMs: 7_000 }], 7_000],
    ["ignores what concerns one message only", [SILENT, SILENT, { ...SILENT, concerns: "message" }], 0],
  ])("%s", (_, results, openMs) => {
    const circuit = results.reduce((one, result) => stepCircuit(one, result, 0, 5_000), CLOSED_CIRCUIT);
    expect(circuit.openUntil).toBe(openMs);
  });
});

describe("the lanes of channels", () => {
  it("let four of a channel go at once, and hold up no other channel", () => {
    const { lanes } = world();
    const outcomes = [1, 2, 3, 4, 5].map(() => lanes.enter("a").outcome);
    expect(outcomes).toEqual(["go", "go", "go", "go", "wait"]);
    expect(lanes.enter("b").outcome).toBe("go");
  });

  it("let one go where the receiver failed last, and none while it is left alone", () => {
    const { lanes, clock } = world();
    fail(lanes, 2);
    expect([lanes.enter("a").outcome, lanes.enter("a").outcome]).toEqual(["go", "wait"]);
    lanes.leave("a");
    fail(lanes, 1);
    expect(lanes.enter("a")).toMatchObject({ outcome: "wait", delayMs: 5_000 });
    clock.now += 5_000;
    expect([lanes.enter("a").outcome, lanes.enter("a").outcome]).toEqual(["go", "wait"]);
  });

  it("keep the pace of a receiver, and give those that wait turns one after another", () => {
    const { lanes, clock } = world();
    expect(lanes.enter("a").outcome).toBe("go");
    lanes.note("a", SENT, 1_000);
    lanes.leave("a");
    const waits = [1, 2, 3].map(() => lanes.enter("a"));
    expect(waits).toMatchObject([{ delayMs: 1_000 }, { delayMs: 2_000 }, { delayMs: 3_000 }]);
    clock.now += 1_000;
    expect(lanes.enter("a").outcome).toBe("go");
  });

  it("ask nobody to wait longer than ten seconds for a busy channel", () => {
    const { lanes } = world();
    for (let index = 0; index < 5_000; index++) lanes.enter("a");
    expect(lanes.enter("a")).toMatchObject({ delayMs: 10_000 });
  });
});

function world() {
  const clock = { now: 1_000_000 };
  return { clock, lanes: createChannelLanes({ now: () => clock.now, pauseMs: 5_000 }) };
}

function fail(lanes: ChannelLanes, times: number) {
  for (let index = 0; index < times; index++) lanes.note("a", SILENT, 0);
}
