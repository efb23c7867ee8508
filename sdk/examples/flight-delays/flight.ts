/** One scheduled flight, times in UTC epoch milliseconds. */
export interface Flight {
  id: string;
  departure: number;
  /** Great-circle distance in statute miles. */
  distance: number;
  origin: string;
  destination: string;
}

/** A flight whose outcome is known. */
export interface FlownFlight extends Flight {
  /** Arrival delay in minutes; negative when early. */
  delayMinutes: number;
}

/** The features the model sees, by the names it reports them under. */
export interface FlightFeatures {
  hour: number;
  day_of_week: string;
  distance: number;
  origin: string;
  destination: string;
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const LATE_MINUTES = 15;
const HOUR_MS = 3_600_000;
const CRUISE_MILES_PER_HOUR = 460;

/** featuresOf returns what the model sees of `flight`; `calendarShiftMs` moves a replayed departure back to the day it was really flown. */
export function featuresOf(flight: Flight, calendarShiftMs = 0): FlightFeatures {
  const departure = new Date(flight.departure - calendarShiftMs);
  return {
    hour: departure.getUTCHours(),
    day_of_week: DAYS[departure.getUTCDay()] as string,
    distance: flight.distance,
    origin: flight.origin,
    destination: flight.destination,
  };
}

/** isLate decides whether a flight counts as late: 15 minutes or more, the definition of the US Bureau of Transportation Statistics. */
export function isLate(flight: FlownFlight): boolean {
  return flight.delayMinutes >= LATE_MINUTES;
}

/** outcomeKnownAt returns when the label of `flight` can be known: after take-off, the flight itself, its delay and half an hour of paperwork. */
export function outcomeKnownAt(flight: FlownFlight): number {
  const flyingMs = (flight.distance / CRUISE_MILES_PER_HOUR) * HOUR_MS;
  return Math.round(flight.departure + flyingMs + Math.max(0, flight.delayMinutes) * 60_000 + HOUR_MS / 2);
}
