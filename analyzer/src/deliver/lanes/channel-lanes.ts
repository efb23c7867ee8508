import { type Circuit, CLOSED_CIRCUIT, stepCircuit } from "@leeway/core/delivery";
import type { DeliveryResult } from "../retry/delivery-result.ts";

/** LaneTurn is whether a delivery may go out to its channel now, or when it is to ask again. */
export type LaneTurn = { outcome: "go" } | { outcome: "wait"; delayMs: number; reason: string };

/** ChannelLanes keep each channel's deliveries to a lane of its own, so that a receiver that hangs holds up nobody else. */
export interface ChannelLanes {
  /** A delivery that may go must leave, whatever became of it. */
  enter(channelId: string): LaneTurn;
  leave(channelId: string): void;
  /** What an attempt at the channel gave, and the shortest time between two of its messages. */
  note(channelId: string, result: DeliveryResult, paceMs: number): void;
}

interface Lane {
  inFlight: number;
  circuit: Circuit;
  paceMs: number;
  /** When the next message may go, by the receiver's pace. */
  nextAt: number;
  /** The last turn that was given to one that waits. */
  lastTurnAt: number;
}

const MOST_IN_FLIGHT = 4;
const TURN_MS = 100;
const LONGEST_WAIT_MS = 10_000;

/**
 * createChannelLanes returns lanes for the channels of one process: four deliveries at a time, one where the receiver failed last or has a pace, none while
 * its circuit is open. What waits gets turns one after another, so that a long queue does not ask all the time. Each call is O(1).
 */
export function createChannelLanes(deps: { now: () => number; pauseMs: number }): ChannelLanes {
  const lanes = new Map<string, Lane>();
  const laneOf = (channelId: string): Lane => {
    const lane = lanes.get(channelId) ?? {
      ...{ inFlight: 0, circuit: CLOSED_CIRCUIT, paceMs: 0, nextAt: 0, lastTurnAt: 0 },
    };
    lanes.set(channelId, lane);
    return lane;
  };
  return {
    enter(channelId) {
      const now = deps.now();
      const lane = laneOf(channelId);
      const { openUntil, failures } = lane.circuit;
      if (now < openUntil) {
        return turn(lane, now, openUntil, "its receiver did not answer and is left alone for a while");
      }
      const most = failures > 0 || lane.paceMs > 0 ? 1 : MOST_IN_FLIGHT;
      if (lane.inFlight >= most) return turn(lane, now, lane.nextAt, "its channel is busy");
      if (now < lane.nextAt) return turn(lane, now, lane.nextAt, "its channel takes one message at a time");
      lane.inFlight += 1;
      lane.nextAt = now + lane.paceMs;
      return { outcome: "go" };
    },
    leave(channelId) {
      laneOf(channelId).inFlight -= 1;
    },
    note(channelId, result, paceMs) {
      const lane = laneOf(channelId);
      const now = deps.now();
      lane.circuit = stepCircuit(lane.circuit, result, now, deps.pauseMs);
      lane.paceMs = paceMs;
      lane.nextAt = Math.max(lane.nextAt, now + paceMs);
    },
  };
}

function turn(lane: Lane, now: number, earliest: number, reason: string): LaneTurn {
  const step = Math.max(lane.paceMs, TURN_MS);
  lane.lastTurnAt = Math.max(lane.lastTurnAt + step, now + TURN_MS, earliest);
  const latest = Math.max(earliest, now + LONGEST_WAIT_MS);
  return { outcome: "wait", delayMs: Math.min(lane.lastTurnAt, latest) - now, reason };
}
