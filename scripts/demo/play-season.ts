import type { DriftWindow } from "@leeway/core/evaluation";
import type { FlownFlight } from "../../sdk/examples/flight-delays/flight.ts";
import type { ApiClient } from "./api-client.ts";
import type { DemoCalendar } from "./calendar.ts";
import { compareVersions, describeComparison } from "./compare-versions.ts";
import type { FlightService } from "./flight-service-client.ts";
import type { Told } from "./receivers.ts";
import { replayDays } from "./replay.ts";
import { say, sayBlock } from "./say.ts";
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
/** How long a retrained version runs beside the old one before they are compared. */
const SIDE_BY_SIDE_MS = 21 * DAY_MS;
/** The replay waits for the analyzer when its verdicts lie further behind than this: time is a hundred thousand times faster here. */
const MOST_LAG_MS = 7 * DAY_MS;
/** Simulated days between two looks through the API: each look costs the machine about as much as a day of flights. */
const DAYS_BETWEEN_LOOKS = 2;
/** A limit for what hangs, not for what is slow: the machine may have other work. */
const END_PATIENCE_MS = 300_000;

/** playSeason replays the season against the service and watches, through the public API alone, what Leeway makes of it. */
export async function playSeason(season: Season): Promise<void> {
  const { api, story, calendar, told } = season;
  const trials = createTrials(season);
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
    await trials(day.start + DAY_MS, observation.retrainings);
  }
  await season.service.flush();
  const deadline = Date.now() + END_PATIENCE_MS;
  while (!season.stopped.aborted && Date.now() < deadline) {
    tellStory(story, await observe(api, MODEL), told);
    await countEverything(season);
    if (story.missing().length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Every retrained version is compared with the one in production after three weeks side by side; it takes over only if it is better, and is withdrawn otherwise. */
function createTrials({ api, story, service }: Season) {
  const firstSeen = new Map<string, number>();
  const judged = new Set<string>();
  let production = "1";
  return async (
    now: number,
    retrainings: readonly { new_version?: string | undefined; status: string }[],
  ) => {
    for (const { new_version: candidate, status } of retrainings) {
      if (candidate === undefined || status !== "succeeded" || judged.has(candidate)) continue;
      if (!firstSeen.has(candidate)) {
        firstSeen.set(candidate, now);
        say(`version ${candidate} is served beside version ${production} from ${isoDay(now)} on`);
      }
      const from = firstSeen.get(candidate) ?? now;
      if (now - from < SIDE_BY_SIDE_MS) continue;
      judged.add(candidate);
      const comparison = await compareVersions(api, MODEL, { a: production, b: candidate, from, to: now });
      const lines = describeComparison(comparison);
      say(`version ${candidate} against version ${production} on the same ${comparison.labels} labels`);
      sayBlock(lines);
      story.happened("compared", lines[0] ?? comparison.verdict);
      if (comparison.verdict === "better") {
        await service.promote(candidate);
        production = candidate;
        say(`version ${candidate} takes over`);
        continue;
      }
      // Archived first: traffic that ends on purpose is no alarm.
      await api.put(`/v1/models/${MODEL}/versions/${candidate}`, {
        stage: "archived",
        framework: "logistic regression",
        description: `served beside version ${production} from ${isoDay(from)} to ${isoDay(now)}: ${comparison.sentence}`,
      });
      await service.withdraw(candidate);
      say(`version ${candidate} is withdrawn`);
    }
  };
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
