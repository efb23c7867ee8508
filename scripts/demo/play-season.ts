import type { DriftWindow } from "@leeway/core/evaluation";
import type { FlownFlight } from "../../sdk/examples/flight-delays/flight.ts";
import type { ApiClient } from "./api-client.ts";
import type { DemoCalendar } from "./calendar.ts";
import type { FlightService } from "./flight-service-client.ts";
import { createVersionFollower } from "./follow-versions.ts";
import type { Told } from "./receivers.ts";
import { replayDays } from "./replay.ts";
import { say } from "./say.ts";
import type { Story } from "./story.ts";
import { observe, tellStory } from "./watch.ts";

/** What the season is played with. */
export interface Season {
  api: ApiClient;
  story: Story;
  calendar: DemoCalendar;
  stopped: AbortSignal;
  told: readonly Told[];
  flights: readonly FlownFlight[];
  service: FlightService;
}

const MODEL = "flight-delays";
const DAY_MS = 86_400_000;
const KILOMETRES_PER_MILE = 1.609344;
/** The replay waits for the analyzer when its verdicts lie further behind than this: time is a hundred thousand times faster here. */
const MOST_LAG_MS = 7 * DAY_MS;
/** Simulated days between two looks through the API: each look costs the machine about as much as a day of flights. */
const DAYS_BETWEEN_LOOKS = 2;
/** A limit for what hangs, not for what is slow: the machine may have other work. */
const END_PATIENCE_MS = 300_000;

/** playSeason replays the season against the service and watches, through the public API alone, what Leeway makes of it. */
export async function playSeason(season: Season): Promise<void> {
  const { api, story, calendar, told } = season;
  const followVersions = createVersionFollower(season.service);
  const weekly = createWeeklyReport();
  const isFaulty = (time: number) => time >= calendar.faultFrom && time < calendar.faultUntil;
  const upstream = (flight: FlownFlight) =>
    isFaulty(flight.departure)
      ? { ...flight, distance: Math.round(flight.distance * KILOMETRES_PER_MILE) }
      : flight;
  say(
    `serving ${season.flights.length} flights from ${isoDay(calendar.trafficFrom)} to now, each label hours after its prediction`,
  );

  for await (const day of replayDays(
    season.service,
    season.flights,
    calendar.trafficFrom,
    calendar.trafficUntil,
    upstream,
  )) {
    if (season.stopped.aborted) return;
    if (day.start === calendar.faultFrom)
      say("FAULT on purpose: an upstream system now sends distances in kilometres");
    if (day.start === calendar.faultUntil) say("the fault is mended: distances come in miles again");
    weekly(day);
    if (((day.start - calendar.trafficFrom) / DAY_MS) % DAYS_BETWEEN_LOOKS !== 0) continue;
    await season.service.flush();
    await waitForVerdicts(season, day.start);
    const observation = await observe(api, MODEL);
    tellStory(story, observation, told);
    await followVersions(observation.retrainings);
  }
  await season.service.flush();
  const deadline = Date.now() + END_PATIENCE_MS;
  while (!season.stopped.aborted && Date.now() < deadline) {
    const observation = await observe(api, MODEL);
    tellStory(story, observation, told);
    await followVersions(observation.retrainings);
    await countEverything(season);
    if (story.missing().length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function waitForVerdicts({ api, story, calendar, stopped }: Season, day: number): Promise<void> {
  const wanted = day - MOST_LAG_MS;
  if (wanted <= calendar.trafficFrom) return;
  const deadline = Date.now() + END_PATIENCE_MS;
  while (!stopped.aborted) {
    // Whatever ends after `wanted` will do: few windows are asked for, because every look costs.
    const [window] = await driftWindows(api, wanted - DAY_MS, wanted);
    if (window !== undefined) {
      story.happened("traffic_seen", `a verdict: ${window.reason ?? ""}`);
      return;
    }
    if (Date.now() > deadline)
      throw new Error(
        `the analyzer has given no verdict for ${isoDay(wanted)} within ${END_PATIENCE_MS / 60_000} minutes`,
      );
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Every flight of whole days that the service answered and Leeway acknowledged must be counted, once, in version 1's windows. */
async function countEverything({ api, story, calendar, flights }: Season): Promise<void> {
  const until = Math.floor(calendar.trafficUntil / DAY_MS) * DAY_MS;
  const sent = flights.filter(({ departure }) => departure < until).length;
  const windows = await driftWindows(api, calendar.trafficFrom, until);
  const counted = windows.reduce((sum, { count }) => sum + count, 0);
  if (counted > sent)
    throw new Error(`${counted} predictions were counted, but only ${sent} flights were sent`);
  if (counted === sent)
    story.happened("nothing_lost", `${sent} flights sent, ${counted} counted in ${windows.length} windows`);
}

type CountedWindow = Pick<DriftWindow, "start" | "end" | "count" | "reason">;

async function driftWindows(api: ApiClient, from: number, to: number): Promise<CountedWindow[]> {
  // One page: a thousand days.
  const query = new URLSearchParams({
    version: "1",
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    window: "1d",
    fields: "count,reason",
  });
  const { windows } = await api.get<{ windows: CountedWindow[] }>(`/v1/models/${MODEL}/drift?${query}`);
  return windows;
}

function createWeeklyReport() {
  let flights = 0;
  const shares: number[] = [];
  return (day: { start: number; flights: number; lateShare: number | undefined }) => {
    flights += day.flights;
    if (day.lateShare !== undefined) shares.push(day.lateShare);
    if (shares.length < 7) return;
    const late = shares.splice(0).reduce((sum, share) => sum + share, 0) / 7;
    say(`${isoDay(day.start)}   ${flights} flights this week, ${(late * 100).toFixed(1)} % late`);
    flights = 0;
  };
}

const isoDay = (time: number) => new Date(time).toISOString().slice(0, 10);
