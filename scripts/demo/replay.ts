import { type FlownFlight, isLate, outcomeKnownAt } from "../../sdk/examples/flight-delays/flight.ts";
import type { FlightService } from "./flight-service-client.ts";

/** One simulated day, as the demo tells of it. */
export interface ReplayedDay {
  start: number;
  flights: number;
  /** Share of the labels that arrived this day which said "late". */
  lateShare: number | undefined;
}

/** What may be done to a flight on its way to the service: the demo's deliberate fault. */
export type Upstream = (flight: FlownFlight) => FlownFlight;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * replayDays plays `flights` (in order of departure) against the service, hour by hour of event time: predictions at departure, labels when
 * the outcome becomes known, hours later. It yields after each whole day and ends at `until`.
 */
export async function* replayDays(
  service: FlightService,
  flights: readonly FlownFlight[],
  from: number,
  until: number,
  upstream: Upstream,
): AsyncGenerator<ReplayedDay> {
  const outcomes = flights
    .map((flight) => ({ id: flight.id, late: isLate(flight), known_at: outcomeKnownAt(flight) }))
    .sort((a, b) => a.known_at - b.known_at);
  let nextFlight = 0;
  let nextOutcome = 0;
  for (let day = from; day < until; day += DAY_MS) {
    const tally = { flights: 0, labels: 0, late: 0 };
    for (let hour = day; hour < Math.min(day + DAY_MS, until); hour += HOUR_MS) {
      const end = Math.min(hour + HOUR_MS, until);
      const departing: FlownFlight[] = [];
      for (
        let flight = flights[nextFlight];
        flight !== undefined && flight.departure < end;
        flight = flights[++nextFlight]
      )
        departing.push(upstream(flight));
      const known: typeof outcomes = [];
      for (
        let outcome = outcomes[nextOutcome];
        outcome !== undefined && outcome.known_at < end;
        outcome = outcomes[++nextOutcome]
      )
        known.push(outcome);
      await service.predict(departing);
      await service.arrivals(known);
      tally.flights += departing.length;
      tally.labels += known.length;
      tally.late += known.filter(({ late }) => late).length;
    }
    yield {
      start: day,
      flights: tally.flights,
      lateShare: tally.labels === 0 ? undefined : tally.late / tally.labels,
    };
  }
}
