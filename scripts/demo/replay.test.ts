import { expect, it } from "vitest";
import type { FlownFlight } from "../../sdk/examples/flight-delays/flight.ts";
import { outcomeKnownAt } from "../../sdk/examples/flight-delays/flight.ts";
import type { FlightService } from "./flight-service-client.ts";
import { replayDays } from "./replay.ts";

const DAY = 86_400_000;
const flight = (id: string, departure: number, delayMinutes: number): FlownFlight => ({
  id,
  departure,
  distance: 460,
  origin: "ATL",
  destination: "SAV",
  delayMinutes,
});

it("sends every flight once at its departure and its label only when the outcome is known", async () => {
  const flights = [flight("a", 1_000, 20), flight("b", DAY - 1_000, 0), flight("c", DAY + 5, 90)];
  const sent: string[] = [];
  const labels: { id: string; late: boolean; known_at: number }[] = [];
  const service: FlightService = {
    predict: async (departing) => void sent.push(...departing.map(({ id }) => id)),
    arrivals: async (outcomes) => void labels.push(...outcomes),
    promote: async () => undefined,
    withdraw: async () => undefined,
    flush: async () => ({ flushed: true, predictions: {}, labels: {} }),
  };
  const days = [];
  for await (const day of replayDays(service, flights, 0, 2 * DAY, (same) => same)) days.push(day);

  expect(sent).toEqual(["a", "b", "c"]);
  expect(days.map((day) => day.flights)).toEqual([2, 1]);
  // "b" leaves a second before midnight: its label belongs to the second day.
  expect(days.map((day) => day.lateShare)).toEqual([1, 0.5]);
  expect(labels.map(({ id, late }) => [id, late])).toEqual([
    ["a", true],
    ["b", false],
    ["c", true],
  ]);
  expect(
    labels.every(({ id, known_at }) => known_at === outcomeKnownAt(flights.find((f) => f.id === id)!)),
  ).toBe(true);
});

it("lets the fault change what is sent, never what is known to be true", async () => {
  const received: number[] = [];
  const service: FlightService = {
    predict: async (departing) => void received.push(...departing.map(({ distance }) => distance)),
    arrivals: async () => undefined,
    promote: async () => undefined,
    withdraw: async () => undefined,
    flush: async () => ({ flushed: true, predictions: {}, labels: {} }),
  };
  const original = flight("a", 1_000, 0);
  for await (const _ of replayDays(service, [original], 0, DAY, (f) => ({ ...f, distance: f.distance * 2 })));
  expect(received).toEqual([920]);
  expect(original.distance).toBe(460);
});
